// How warm the cells become when a module also stores heat: the thermal model of PVWatts.
//
//   C dT/dt = E α − h_c (T − Ta) − h_s (T − Ts) − h_g (T − Tg)
//
//   T module, Ta air, Ts sky, Tg ground or roof behind the module (K); E irradiance on the plane
//   (W/m²), α = 0.83; h_c convection of both sides, forced by the wind and free, h_s and h_g
//   radiation (W/m² K); C heat capacity, 11,000 J/(m² K). Over a step E runs in a straight line
//   from the last value to the new one, and the coefficients are those of the step's end; ten
//   rounds make them agree with T. Behind the module, Tg and the convection's share are fixed by
//   the installed nominal temperature (INOCT: 800 W/m², 20 °C, 1 m/s).
//
// Source: M. Fuentes, "A Simplified Thermal Model for Flat-Plate Photovoltaic Arrays",
// SAND85-0330 (1987); constants as in PVWatts 5 (A. Dobos, NREL/TP-6A20-62641, 2014).
#pragma once

namespace xiaoyuan::solar {

/// What a step brings.
struct Warming {
  double irradiance_w_m2 = 0.0;  ///< on the plane
  double wind_m_s = 0.0;         ///< at 10 m
  double temperature_c = 0.0;    ///< of the air
};

/// A module that remembers how warm it was. Give it the steps in order.
class ThermalModule {
 public:
  /// `nominal_c` is the INOCT: 45 on an open rack, 49 above a roof.
  ThermalModule(double nominal_c, double step_hours);
  /// Cell temperature (°C) at the end of a step.
  double after(const Warming& step);
  /// Forgets the sun: the module has the air's temperature (°C).
  void rest(double temperature_c);

 private:
  double step_s_;
  double capacity_;
  double back_ratio_;  // (Tg − Ta) / (T − Ta)
  double convection_;  // both sides over the top side
  double module_k_;
  double absorbed_w_m2_ = 0.0;
};

}  // namespace xiaoyuan::solar
