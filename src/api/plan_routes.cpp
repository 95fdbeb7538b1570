#include "api/jobs.hpp"
#include "api/plan_handlers.hpp"

namespace xiaoyuan::api {

namespace {

constexpr std::size_t most_village_bytes = std::size_t{10} * 1024 * 1024;
constexpr std::size_t most_file_bytes = std::size_t{4} * 1024 * 1024;
constexpr std::size_t most_changes_bytes = std::size_t{2} * 1024 * 1024;

}  // namespace

std::span<const Route> plan_routes() {
  using enum http::Method;
  using enum Runs;
  static const Route rows[] = {
      {post, "/villages", "-------y", on_worker, make_village, most_village_bytes},
      {get, "/wizard", "-------y", on_worker, get_wizard},
      {get, "/villages/{village}/files", "--v----v", on_worker, list_files},
      {get, "/villages/{village}/files/{file}", "--v----v", on_worker, get_file},
      {put, "/villages/{village}/files/{file}", "--v----v", on_worker, put_file, most_file_bytes},
      {get, "/villages/{village}/studio", "-ov----v", on_worker, get_studio},
      {post, "/villages/{village}/trials", "-ov----v", on_worker, try_household},
      {get, "/villages/{village}/plans", "--v----v", on_worker, list_plans},
      {post, "/villages/{village}/plans", "--v----v", on_worker, make_plan, most_changes_bytes},
      {get, "/plans/{plan}", "--y----y", on_worker, get_plan},
      {remove, "/plans/{plan}", "--y----y", on_worker, delete_plan},
      {get, "/plans/{plan}/files/{file}", "--y----y", on_worker, get_plan_file},
      {post, "/plans/{plan}/links", "--y----y", on_worker, share_plan},
      {remove, "/plans/{plan}/links/{link}", "--y----y", on_worker, revoke_link},
      {get, "/links/{link}", "yyyyyyyy", on_worker, get_link},
      {get, "/links/{link}/files/{file}", "yyyyyyyy", on_worker, get_link_file},
      {get, "/jobs", "-yyyyyyy", on_worker, list_jobs},
      {get, "/jobs/{job}", "-yyyyyyy", at_once, get_job},
      {remove, "/jobs/{job}", "-yyyyyyy", on_worker, cancel_job}};
  return rows;
}

}  // namespace xiaoyuan::api
