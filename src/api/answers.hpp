// How answers are made: JSON with its mark, files, problems (RFC 9457), pages of lists.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "api/route.hpp"
#include "desk/village_desk.hpp"

namespace xiaoyuan::api {

/// 200 with JSON; 304 where the request knows these bytes already.
http::Response json_answer(const Call& call, const desk::Marked& json);
http::Response json_answer(const Call& call, std::string json);
/// 201 with Location.
http::Response made(const std::string& location, std::string json);
/// 202 with Location of the job.
http::Response accepted(const std::string& job, std::string json);
/// 204
http::Response nothing();

struct Attachment {
  std::string name;  ///< offered to the person who saves it: "兴各庄-2026-10.pdf" (RFC 8187)
  std::string type;  ///< "application/pdf"
  std::string bytes;
};
http::Response file_answer(const Call& call, Attachment file);

/// The one place where a Fault becomes a status; every error with file, line, field and message, as
/// the command line tells it.
http::Response problem(const Errors& errors, Language language);
struct Refusal {
  int status = 400;
  Text title;
  Text detail{};
  int wait_s = 0;  ///< above 0: when to come again (Retry-After)
};
http::Response problem(const Refusal& refusal, Language language);

/// ?limit= (1–500, 50) and ?after= (the last item of the page before).
struct PageOf {
  std::size_t limit = 50;
  std::string after;
};
Result<PageOf> page_of(const Call& call);

/// The village of {village}; the desk is there, since the rights have found it.
std::shared_ptr<desk::VillageDesk> desk_of(const Call& call);

}  // namespace xiaoyuan::api
