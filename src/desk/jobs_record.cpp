#include "desk/jobs_record.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace xiaoyuan::desk {

namespace {

using RecordJson = nlohmann::ordered_json;

const std::vector<std::string> fault_words{"bad_input",  "not_found",   "unreadable", "unwritable",
                                           "impossible", "interrupted", "conflict"};

RecordJson seconds_of(const std::optional<Instant>& instant) {
  return instant ? RecordJson(instant->time_since_epoch().count()) : RecordJson(nullptr);
}

std::optional<Instant> instant_of(const RecordJson& json) {
  return json.is_null() ? std::nullopt
                        : std::optional(Instant{std::chrono::seconds{json.get<std::int64_t>()}});
}

RecordJson error_json(const Error& error) {
  return {{"fault", fault_words.at(static_cast<std::size_t>(error.fault))},
          {"en", error.what.en},
          {"zh", error.what.zh},
          {"file", error.where.file},
          {"line", error.where.line},
          {"field", error.where.field}};
}

std::size_t index_of(const std::vector<std::string>& words, const std::string& word) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) {
    throw nlohmann::json::other_error::create(501, "unknown word", nullptr);
  }
  return static_cast<std::size_t>(found - words.begin());
}

Error error_of(const RecordJson& json) {
  return {Fault(index_of(fault_words, json.at("fault").get<std::string>())),
          {json.at("en").get<std::string>(), json.at("zh").get<std::string>()},
          {json.at("file").get<std::string>(), json.at("line").get<int>(),
           json.at("field").get<std::string>()}};
}

Job read_record(const RecordJson& json) {
  Job job;
  job.id = json.at("id").get<std::string>();
  job.kind = json.at("kind").get<std::string>();
  job.village = json.at("village").get<std::string>();
  job.account = json.at("account").get<std::string>();
  job.request = json.at("request").get<std::string>();
  job.state = JobState(index_of(words_of(JobState{}), json.at("state").get<std::string>()));
  job.asked_at = instant_of(json.at("asked_at")).value_or(Instant{});
  job.began_at = instant_of(json.at("began_at"));
  job.ended_at = instant_of(json.at("ended_at"));
  for (const RecordJson& error : json.at("errors")) {
    job.errors.push_back(error_of(error));
  }
  job.result = json.at("result").get<std::string>();
  job.files = json.at("files").get<std::vector<std::string>>();
  return job;
}

}  // namespace

const std::vector<std::string>& words_of(JobState) {
  static const std::vector<std::string> words{"waiting", "running", "done", "failed", "cancelled"};
  return words;
}

std::string record_of(const Job& job) {
  RecordJson errors = RecordJson::array();
  for (const Error& error : job.errors) {
    errors.push_back(error_json(error));
  }
  const RecordJson json{{"id", job.id},
                        {"kind", job.kind},
                        {"village", job.village},
                        {"account", job.account},
                        {"request", job.request},
                        {"state", words_of(job.state).at(static_cast<std::size_t>(job.state))},
                        {"asked_at", job.asked_at.time_since_epoch().count()},
                        {"began_at", seconds_of(job.began_at)},
                        {"ended_at", seconds_of(job.ended_at)},
                        {"errors", std::move(errors)},
                        {"result", job.result},
                        {"files", job.files}};
  return json.dump(1, ' ', false, RecordJson::error_handler_t::replace);
}

Result<Job> job_from(std::string_view record) {
  try {
    return read_record(RecordJson::parse(record));
  } catch (const nlohmann::json::exception&) {
    return fail(Fault::unreadable, {"is no record of a job", "不是任务记录"}, {"job.json", 0, ""});
  }
}

}  // namespace xiaoyuan::desk
