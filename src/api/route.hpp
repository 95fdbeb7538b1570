// One row for every door: method, path, who may, where it runs, which function answers. The rows
// are data: the rights test walks them role by role, the contract test holds docs/openapi.yaml
// against them.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/time_axis.hpp"
#include "http/message.hpp"
#include "people/people.hpp"
#include "people/rights.hpp"

namespace xiaoyuan::api {

struct World;

/// The parts of a path that a pattern names: "/villages/{village}" → village.
using Parameters = std::map<std::string, std::string, std::less<>>;

struct Call {
  const http::Request& request;
  const Parameters& parameters;
  const people::Caller& caller;
  people::Reach reach;  ///< that the rights gave
  Language language;    ///< ?lang=, then Accept-Language
  Instant now;
  World& world;

  /// "" where the pattern names none.
  std::string_view operator[](std::string_view name) const;
  people::By by() const;
  /// Puts on the trail what the caller has done: "plan.asked", on "village/…/plan/p3".
  Result<void> note(std::string what, std::string on, std::string detail_json = "") const;
};

enum class Runs : std::uint8_t {
  at_once,   ///< on a thread of the server: from memory alone, in less than a millisecond
  on_worker  ///< where files, stores, passwords and models are
};

using Handle = Result<http::Response> (*)(const Call& call);

struct Route {
  http::Method method;
  std::string_view pattern;  ///< below /api/v1
  std::string_view rights;   ///< people/rights.hpp
  Runs runs;
  Handle handle;
  std::size_t body_bytes = std::size_t{64} * 1024;  ///< a larger body is refused
};

/// The rows of each part, joined in routes.cpp.
std::span<const Route> about_routes();       ///< the program itself, the matrix of rights, events
std::span<const Route> session_routes();     ///< sign-in, one's own account, tokens, first run
std::span<const Route> account_routes();     ///< people and the trail
std::span<const Route> village_routes();     ///< villages, households, energy, transformers, map
std::span<const Route> settlement_routes();  ///< months, statements, imports, disputes, book
std::span<const Route> plan_routes();        ///< jobs, trials, plans, links, a village's files
std::span<const Route> town_routes();        ///< villages side by side, goals, claims
std::span<const Route> data_routes();        ///< open data, research data, dictionary
std::span<const Route> keeping_routes();     ///< tariffs, factors, backups, health
std::span<const Route> routes();             ///< all of them

}  // namespace xiaoyuan::api
