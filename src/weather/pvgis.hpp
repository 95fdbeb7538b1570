// Reads PVGIS's CSV files: the typical year (TMY) and the hourly series ("seriescalc").
//
// Format: European Commission, Joint Research Centre, PVGIS 5 user manual, "TMY" and "Hourly data".
// A head of "name: value" lines, a line of column names, rows stamped 20160101:0010 in UTC, an
// empty line, what the columns mean. Light is that of one moment: the stamp's in the hourly series
// (its minutes are the satellite's), the stamp plus "Irradiance Time Offset (h)" in a TMY; an
// offset of half an hour stands for means of the hour (ERA5). Means are made as in instants.hpp.
// The hourly series gives the light of a plane: it must be horizontal (slope 0). With radiation
// components
//   GHI = Gb(i) + Gd(i) + Gr(i),  DHI = Gd(i) + Gr(i),  DNI = Gb(i) / sin(H_sun)
// below 2° of sun all light is taken as diffuse; without components G(i) is split.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "weather/read_options.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// A TMY becomes a typical year, an hourly series a measured one over all its years. Local standard
/// time is UTC unless `options` says otherwise. Errors name line and field; a daily or monthly file
/// is one.
Result<Weather> read_pvgis(std::string_view bytes, const std::string& file_name,
                           const ReadOptions& options = {});

}  // namespace xiaoyuan::weather
