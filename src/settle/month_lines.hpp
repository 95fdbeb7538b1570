// The lines of a settled month that are made here and not by bills, sharing or a contract's terms.
#pragma once
#include "settle/month.hpp"

namespace xiaoyuan::settle {

/// "2026-10/H001"
std::string statement_id(ledger::Period month, std::string_view party);

/// A line of energy with what it was made from.
StatementLine energy_line(std::string id, Text label, readings::Channel channel,
                          const readings::Quantity& quantity);
/// A line that says why there is no money yet.
StatementLine refusal_line(std::size_t number, const Error& error);
/// A line of a contract; `amount` is what the holder gains.
StatementLine contract_line(const Contract& contract, Money amount, Text explanation);
std::string line_id_of(const Contract& contract);
Text terms_of(const Contract& contract);
StatementLine avoided_line(const Recognised& recognised, const AvoidedFactor& factor);
StatementLine unknown_storage_line();
StatementLine certificate_line(const PoolMonth& pool);
StatementLine adjustment_line(const Adjustment& adjustment);

/// In the order of sections; within one as they came.
void order_lines(Statement& statement);

}  // namespace xiaoyuan::settle
