// What remedies are called and what they do, in words.
#pragma once
#include "hosting/remedies_network.hpp"

namespace xiaoyuan::hosting {

Text phases_name();
Text tap_name();
Text conductor_name();
Text second_line_name();
Text transformer_name();
Text together_name(const Remedy& first, const Remedy& second);

Text phases_detail(const AreaRoom& room, const PhaseAnswer& answer, std::size_t moved);
Text phases_proof(const PhaseAnswer& answer);
Text tap_detail(const wires::Transformer& transformer, double to_percent);
Text work_detail(const wires::Network& network, const LineWork& work);
Text transformer_detail(const wires::Transformer& from, const wires::Transformer& to,
                        FiguresFrom figures);
Text setting_detail(const InverterSetting& setting, double inverters, const Capacity& capacity);
Text together_detail(const Remedy& first, const Remedy& second);
/// And what binds all the same.
Text brings_nothing(const AreaRoom& room);

}  // namespace xiaoyuan::hosting
