// Years of weather in the documented formats of PVGIS, NASA POWER, NSRDB and plain CSV, made inside
// the tests.
#pragma once
#include "made.hpp"

namespace xiaoyuan::test {

/// Rows of hours: what stands in one, as cells.
using MakeCells = std::function<Cells(Instant stamp, bool light)>;

struct HourlyRows {
  int from_year = 2016;
  int years = 1;
  std::chrono::seconds step{3600};
  std::string line_end = "\n";
  Change change = {};
};

/// Light from 7 to 18 o'clock of the stamp.
inline std::string hourly_rows(const HourlyRows& rows, const MakeCells& make) {
  namespace chrono = std::chrono;
  std::string text;
  const Instant from = chrono::sys_days{chrono::year{rows.from_year} / 1 / 1};
  const Instant to = chrono::sys_days{chrono::year{rows.from_year + rows.years} / 1 / 1};
  int row = 0;
  for (Instant stamp = from; stamp < to; stamp += rows.step) {
    const auto of_day = stamp - chrono::floor<chrono::days>(stamp);
    const bool light = of_day >= chrono::hours{7} && of_day < chrono::hours{19};
    Cells cells = make(stamp, light);
    if (rows.change) {
      rows.change(row, cells);
    }
    ++row;
    text += cells.empty() ? "" : fmt::format("{}{}", fmt::join(cells, ","), rows.line_end);
  }
  return text;
}

/// "20160101:0030"
inline std::string pvgis_stamp(Instant stamp) {
  const auto day = std::chrono::floor<std::chrono::days>(stamp);
  const Date date{day};
  const auto minute = (stamp - day) / std::chrono::minutes{1};
  return fmt::format("{:04}{:02}{:02}:{:02}{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     minute / 60, minute % 60);
}

struct PvgisHead {
  std::string database = "PVGIS-SARAH3";
  std::string slope = "0 deg. ";
  std::string names = "time,Gb(i),Gd(i),Gr(i),H_sun,T2m,WS10m,Int";
  int minute = 30;  ///< of the stamps
};

/// PVGIS's hourly series with radiation components: 250 W/m² of beam on the horizontal under a sun
/// of 30°, 150 diffuse.
inline std::string made_pvgis_hourly(const HourlyRows& rows = {}, const PvgisHead& head = {}) {
  const std::string& end = rows.line_end;
  const auto line = [&](const std::string& text) { return text + end; };
  std::string text = line("Latitude (decimal degrees):\t39.800") +
                     line("Longitude (decimal degrees):\t116.470") + line("Elevation (m):\t32") +
                     line("Radiation database:\t" + head.database) + line("") + line("") +
                     line("Slope: " + head.slope) + line("Azimuth: 0 deg. ") + line(head.names);
  text += hourly_rows(rows, [&](Instant stamp, bool light) -> Cells {
    return {pvgis_stamp(stamp + std::chrono::minutes{head.minute}),
            light ? "250.0" : "0.0",
            light ? "150.0" : "-0.0",
            "0.0",
            light ? "30.0" : "0.0",
            "10.0",
            "3.0",
            "0.0"};
  });
  return text + line("") + line("Gb(i): Beam (direct) irradiance on the inclined plane (W/m2)") +
         line("") + line("PVGIS (c) European Union, 2001-2025");
}

/// PVGIS's typical year, months of 2005 to 2016 in turn.
inline std::string made_pvgis_tmy(const HourlyRows& rows = {.from_year = 2001},
                                  const std::string& offset = "0.5") {
  const std::string& end = rows.line_end;
  std::string text = "Latitude (decimal degrees): 39.800" + end +
                     "Longitude (decimal degrees): 116.470" + end + "Elevation (m): 32.0" + end;
  text += offset.empty() ? "" : "Irradiance Time Offset (h): " + offset + end;
  text += "month,year" + end;
  for (int month = 1; month <= 12; ++month) {
    text += fmt::format("{},{}{}", month, 2004 + month, end);
  }
  text += "time(UTC),T2m,RH,G(h),Gb(n),Gd(h),IR(h),WS10m,WD10m,SP" + end;
  return text + hourly_rows(rows, [&](Instant stamp, bool light) -> Cells {
           const Date date{std::chrono::floor<std::chrono::days>(stamp)};
           const auto month = static_cast<int>(static_cast<unsigned>(date.month()));
           return {fmt::format("{}{}", 2004 + month, pvgis_stamp(stamp).substr(4)),
                   "10.0",
                   "60.0",
                   light ? "400.0" : "0.0",
                   light ? "500.0" : "-0.0",
                   light ? "200.0" : "0.0",
                   "300.0",
                   "3.0",
                   "180.0",
                   "90000.0"};
         });
}

struct PowerHead {
  std::string dates = "Dates (month/day/year): 01/01/2016 through 12/31/2016 in LST";
  std::string light_unit = "Wh/m^2";
  std::string pressure_unit = "kPa";
  std::string names =
      "YEAR,MO,DY,HR,ALLSKY_SFC_SW_DWN,ALLSKY_SFC_SW_DNI,ALLSKY_SFC_SW_DIFF,T2M,"
      "WS10M,PS";
};

inline std::string made_nasa_power(const HourlyRows& rows = {}, const PowerHead& head = {}) {
  const std::string& end = rows.line_end;
  std::string text;
  for (const std::string& line :
       {std::string("-BEGIN HEADER-"),
        std::string("NASA/POWER Source Native Resolution Hourly Data "), head.dates,
        std::string("Location: latitude  39.8   longitude 116.47 "),
        std::string("elevation from MERRA-2: Average for 0.5 x 0.625 degree lat/lon region = 46.13 "
                    "meters"),
        std::string("The value for missing source data that cannot be computed or is outside of "
                    "the sources availability range: -999 "),
        std::string("parameter(s): "),
        "ALLSKY_SFC_SW_DWN      CERES SYN1deg All Sky Surface Shortwave Downward Irradiance (" +
            head.light_unit + ") ",
        std::string("T2M                    MERRA-2 Temperature at 2 Meters (C) "),
        std::string("WS10M                  MERRA-2 Wind Speed at 10 Meters (m/s) "),
        "PS                     MERRA-2 Surface Pressure (" + head.pressure_unit + ") ",
        std::string("-END HEADER-"), head.names}) {
    text += line + end;
  }
  return text + hourly_rows(rows, [&](Instant stamp, bool light) -> Cells {
           const Date date{std::chrono::floor<std::chrono::days>(stamp)};
           const auto hour =
               (stamp - std::chrono::floor<std::chrono::days>(stamp)) / std::chrono::hours{1};
           return {fmt::format("{}", static_cast<int>(date.year())),
                   fmt::format("{}", static_cast<unsigned>(date.month())),
                   fmt::format("{}", static_cast<unsigned>(date.day())),
                   fmt::format("{}", hour),
                   light ? "400.0" : "0.0",
                   light ? "500.0" : "0.0",
                   light ? "200.0" : "0.0",
                   "10.0",
                   "3.0",
                   "90.0"};
         });
}

struct NsrdbHead {
  std::string latitude = "39.80";
  std::string pressure_unit = "mbar";
  std::string names = "Year,Month,Day,Hour,Minute,Temperature,DHI,DNI,GHI,Pressure,Wind Speed";
  int minute = 30;
};

inline std::string made_nsrdb(const HourlyRows& rows = {}, const NsrdbHead& head = {}) {
  const std::string& end = rows.line_end;
  std::string text =
      "Source,Location ID,City,State,Country,Latitude,Longitude,Time Zone,Elevation,Local Time "
      "Zone,DHI Units,DNI Units,GHI Units,Temperature Units,Pressure Units,Wind Speed Units" +
      end;
  text += fmt::format("NSRDB,1,-,-,-,{},116.47,8,32,8,w/m2,w/m2,w/m2,c,{},m/s{}", head.latitude,
                      head.pressure_unit, end);
  text += head.names + ",,," + end;
  return text + hourly_rows(rows, [&](Instant stamp, bool light) -> Cells {
           const auto day = std::chrono::floor<std::chrono::days>(stamp);
           const Date date{day};
           const auto minute = (stamp - day) / std::chrono::minutes{1};
           return {fmt::format("{}", static_cast<int>(date.year())),
                   fmt::format("{}", static_cast<unsigned>(date.month())),
                   fmt::format("{}", static_cast<unsigned>(date.day())),
                   fmt::format("{}", minute / 60),
                   fmt::format("{}", minute % 60 + head.minute),
                   "10.0",
                   light ? "200" : "0",
                   light ? "500" : "0",
                   light ? "400" : "0",
                   "900",
                   "3.0"};
         });
}

struct PlainHead {
  std::string names = "time,ghi_w_m2,dni_w_m2,dhi_w_m2,temperature_c,wind_m_s,pressure_pa";
  std::string offset = "";  ///< behind each time
};

inline std::string made_plain_csv(const HourlyRows& rows = {}, const PlainHead& head = {}) {
  return head.names + rows.line_end + hourly_rows(rows, [&](Instant stamp, bool light) -> Cells {
           const auto day = std::chrono::floor<std::chrono::days>(stamp);
           const auto minute = (stamp - day) / std::chrono::minutes{1};
           return {fmt::format("{} {:02}:{:02}{}", text_of(Date{day}), minute / 60, minute % 60,
                               head.offset),
                   light ? "400" : "0",
                   light ? "500" : "0",
                   light ? "200" : "0",
                   "10.0",
                   "3.0",
                   "90000"};
         });
}

}  // namespace xiaoyuan::test
