#include "hosting/dlt2041.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace xiaoyuan::hosting {

Text name_of(Grade grade) {
  switch (grade) {
    case Grade::green:
      return {"green", "绿色"};
    case Grade::yellow:
      return {"yellow", "黄色"};
    case Grade::red:
      break;
  }
  return {"red", "红色"};
}

double allowed_reverse_rate(double rate, int in_parallel) {
  const double n = in_parallel;
  return in_parallel == 1 ? rate : std::min(rate, (n - 1.0) / n);
}

Hosting2025 hosting_2025(const Hosting2025Input& input) {
  expects(input.simultaneity > 0.0 && input.in_parallel >= 1);
  Hosting2025 result;
  const double n = input.in_parallel;
  result.reverse_rate = allowed_reverse_rate(input.reverse_rate, input.in_parallel);
  const double present = input.load_kw - input.other_generation_kw +
                         result.reverse_rate * input.rating_kva * n * input.power_factor +
                         input.storage_kw;
  const bool before = input.storage_term == StorageTerm::before_division;
  result.allowed_kw = (present + (before ? input.expected_storage_kw : 0.0)) / input.simultaneity +
                      (before ? 0.0 : input.expected_storage_kw);
  result.room_kw = result.allowed_kw - input.connected_kw;
  result.room_after_registered_kw = result.room_kw - input.registered_kw;
  if (result.room_kw <= 0.0) {
    result.grade = Grade::red;
  } else if (result.room_after_registered_kw <= 0.0) {
    result.grade = Grade::yellow;
  }
  return result;
}

Hosting2019 hosting_2019(double generation_kw, double load_kw, double rating_kva, double margin) {
  Hosting2019 result;
  result.lambda = (generation_kw - load_kw) / rating_kva;
  result.room_kw = (1.0 - result.lambda) * rating_kva * margin;
  if (result.lambda > 0.8) {
    result.grade = Grade::red;
  } else if (result.lambda > 0.0) {
    result.grade = Grade::yellow;
  }
  return result;
}

}  // namespace xiaoyuan::hosting
