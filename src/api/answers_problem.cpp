// Problem details (RFC 9457): the same errors as the command line, for programs and people.
#include <nlohmann/json.hpp>

#include "api/answers.hpp"
#include "api/answers_json.hpp"

namespace xiaoyuan::api {

namespace {

Refusal refusal_of(Fault fault) {
  switch (fault) {
    case Fault::bad_input:
      return {400, {"The input is wrong", "输入有误"}};
    case Fault::not_found:
      return {404, {"There is no such thing", "未找到"}};
    case Fault::conflict:
      return {409, {"It contradicts what is there", "与现有内容冲突"}};
    case Fault::impossible:
      return {422, {"What is asked for is not possible", "所请求的内容无法实现"}};
    case Fault::unreadable:
      return {500, {"The server cannot read what it keeps", "服务器无法读取所存数据"}};
    case Fault::unwritable:
      return {500, {"The server cannot keep what it should", "服务器无法保存数据"}};
    case Fault::interrupted:
      break;
  }
  return {503, {"It was interrupted; ask again", "操作被中断,请重试"}, {}, 1};
}

http::Response problem_response(const Refusal& refusal, Json errors, Language language) {
  Json json{
      {"type", "about:blank"}, {"title", refusal.title.in(language)}, {"status", refusal.status}};
  if (!refusal.detail.in(language).empty()) {
    json["detail"] = refusal.detail.in(language);
  }
  if (!errors.empty()) {
    json["errors"] = std::move(errors);
  }
  http::Response response{
      .status = refusal.status,
      .headers = {{"Content-Type", "application/problem+json"}},
      // Bytes of a request may stand in a message; what is no UTF-8 becomes U+FFFD.
      .body = std::make_shared<const std::string>(
          json.dump(-1, ' ', false, Json::error_handler_t::replace)),
      .events = {}};
  if (refusal.wait_s > 0) {
    response.headers.push_back({"Retry-After", std::to_string(refusal.wait_s)});
  }
  return response;
}

}  // namespace

http::Response problem(const Errors& errors, Language language) {
  Json list = Json::array();
  for (const Error& error : errors) {
    Json one;
    if (!error.where.file.empty()) {
      one["file"] = error.where.file;
    }
    if (error.where.line > 0) {
      one["line"] = error.where.line;
    }
    if (!error.where.field.empty()) {
      one["field"] = error.where.field;
    }
    one["message"] = message(error, language);
    list.push_back(std::move(one));
  }
  const Fault fault = errors.empty() ? Fault::bad_input : errors.front().fault;
  return problem_response(refusal_of(fault), std::move(list), language);
}

http::Response problem(const Refusal& refusal, Language language) {
  return problem_response(refusal, Json::array(), language);
}

}  // namespace xiaoyuan::api
