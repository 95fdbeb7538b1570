// Where on the earth something stands.
#pragma once

namespace xiaoyuan {

struct Place {
  double latitude_deg = 0.0;   ///< north is positive
  double longitude_deg = 0.0;  ///< east is positive
  double elevation_m = 0.0;
  friend bool operator==(const Place&, const Place&) = default;
};

}  // namespace xiaoyuan
