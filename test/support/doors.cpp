#include "support/doors.hpp"

#include <algorithm>
#include <future>

namespace xiaoyuan::test {

namespace {

std::unexpected<Errors> not_by_hand() {
  return fail(Fault::impossible, {"not made by hand", "未实现"});
}

class HandDesk : public desk::VillageDesk {
 public:
  explicit HandDesk(std::shared_ptr<const desk::VillageView> view) : view_(std::move(view)) {}
  const std::string& name() const override { return view_->name; }
  std::shared_ptr<const desk::VillageView> view() const override { return view_; }
  Result<void> refresh() override { return {}; }
  Result<void> catch_up() override { return {}; }
  Result<void> work(const std::function<Result<void>(desk::Table&)>&) override {
    return not_by_hand();
  }
  Result<void> look(const std::function<Result<void>(desk::Table&)>&) const override {
    return not_by_hand();
  }

 private:
  std::shared_ptr<const desk::VillageView> view_;
};

class HandVillages : public desk::Villages {
 public:
  HandVillages(const std::vector<std::string>& names, const std::vector<std::string>& open) {
    for (const std::string& name : names) {
      auto view = std::make_shared<desk::VillageView>();
      view->name = name;
      view->version = "v1";
      view->is_open = std::ranges::find(open, name) != open.end();
      desks_.emplace(name, std::make_shared<HandDesk>(std::move(view)));
    }
  }
  std::vector<std::shared_ptr<desk::VillageDesk>> all() const override {
    std::vector<std::shared_ptr<desk::VillageDesk>> desks;
    for (const auto& [name, desk] : desks_) {
      desks.push_back(desk);
    }
    return desks;
  }
  std::shared_ptr<desk::VillageDesk> find(std::string_view name) const override {
    const auto found = desks_.find(name);
    return found == desks_.end() ? nullptr : found->second;
  }
  Result<void> refresh() override { return {}; }
  Result<void> catch_up() override { return {}; }
  Result<std::shared_ptr<desk::VillageDesk>> add(
      const std::string&, const std::vector<std::pair<std::string, std::string>>&) override {
    return not_by_hand();
  }

 private:
  std::map<std::string, std::shared_ptr<desk::VillageDesk>, std::less<>> desks_;
};

class HandJobs : public desk::Jobs {
 public:
  std::vector<desk::Job> jobs;

  Result<desk::Job> ask(const desk::NewJob&, Instant) override { return not_by_hand(); }
  std::optional<desk::Job> find(const std::string& id) const override {
    const auto found = std::ranges::find(jobs, id, &desk::Job::id);
    return found == jobs.end() ? std::nullopt : std::optional(*found);
  }
  std::vector<desk::Job> all() const override { return jobs; }
  Result<desk::Job> cancel(const std::string&) override { return not_by_hand(); }
  Result<std::string> file(const std::string&, const std::string&) const override {
    return not_by_hand();
  }
  void stop() override {}
};

}  // namespace

void HandPeople::let_in(const std::string& name, std::vector<people::Grant> grants) {
  accounts_[name] = std::move(grants);
}

std::vector<people::Account> HandPeople::accounts() const {
  std::vector<people::Account> all;
  for (const auto& [name, grants] : accounts_) {
    all.push_back({.id = name, .name = name, .display = name, .grants = grants, .created_at = {}});
  }
  return all;
}

std::optional<people::Account> HandPeople::account(const std::string& id) const {
  for (const people::Account& account : accounts()) {
    if (account.id == id) {
      return account;
    }
  }
  return std::nullopt;
}

Result<people::Account> HandPeople::add(const people::NewAccount&, const people::By&) {
  return not_by_hand();
}
Result<people::Account> HandPeople::change(const std::string&, const people::AccountChange&,
                                           const people::By&) {
  return not_by_hand();
}
Result<people::SignedIn> HandPeople::sign_in(const std::string&, const std::string&,
                                             const people::By&) {
  return not_by_hand();
}
void HandPeople::sign_out(const people::Caller&, const people::By&) {}
Result<people::Account> HandPeople::add_first(const people::NewAccount&, const people::By&) {
  return not_by_hand();
}
Result<people::SignedIn> HandPeople::change_password(const std::string&, const std::string&,
                                                     const std::string&, const people::By&) {
  return not_by_hand();
}

people::Caller HandPeople::caller(std::string_view name, people::Caller::Kind kind) const {
  const auto found = accounts_.find(name);
  if (found == accounts_.end()) {
    return {};
  }
  return {.kind = kind,
          .account = found->first,
          .display = found->first,
          .grants = found->second,
          .csrf = kind == people::Caller::Kind::session ? "csrf-" + found->first : "",
          .session = (kind == people::Caller::Kind::session ? "s-" : "t-") + found->first};
}

people::Caller HandPeople::caller_of_session(std::string_view secret, Instant) const {
  return secret.starts_with("session-") ? caller(secret.substr(8), people::Caller::Kind::session)
                                        : people::Caller{};
}
people::Caller HandPeople::caller_of_token(std::string_view secret, Instant) const {
  return secret.starts_with("token-") ? caller(secret.substr(6), people::Caller::Kind::token)
                                      : people::Caller{};
}

std::vector<people::Token> HandPeople::tokens(const std::string&) const { return {}; }
Result<people::NewToken> HandPeople::add_token(const std::string&, const std::string&,
                                               std::optional<Instant>, const people::By&) {
  return not_by_hand();
}
Result<void> HandPeople::revoke_token(const std::string&, const std::string&, const people::By&) {
  return not_by_hand();
}
Result<void> HandPeople::note(const people::Deed&) { return {}; }
Result<people::TrailPage> HandPeople::trail(const people::TrailAsked&) const {
  return people::TrailPage{.deeds = {}};
}
Result<void> HandPeople::catch_up(Instant) { return {}; }

void HandWorld::add_job(const desk::Job& job) {
  static_cast<HandJobs&>(*world->jobs).jobs.push_back(job);
}

HandWorld hand_world(const std::vector<std::string>& villages,
                     const std::vector<std::string>& open) {
  HandWorld made{.world = std::make_unique<api::World>()};
  auto people = std::make_unique<HandPeople>();
  made.people = people.get();
  made.world->people = std::move(people);
  made.world->villages = std::make_unique<HandVillages>(villages, open);
  made.world->jobs = std::make_unique<HandJobs>();
  return made;
}

http::Request asking(http::Method method, const std::string& path,
                     std::vector<http::Header> headers, std::string body) {
  http::Request request{.method = method,
                        .path = path.substr(0, path.find('?')),
                        .query = {},
                        .headers = std::move(headers),
                        .body = std::move(body),
                        .peer = "192.0.2.1"};
  std::string_view rest = path;
  for (std::size_t at = rest.find_first_of("?&"); at != rest.npos; at = rest.find_first_of("?&")) {
    rest.remove_prefix(at + 1);
    const std::string_view pair = rest.substr(0, rest.find('&'));
    const std::size_t middle = std::min(pair.find('='), pair.size());
    request.query.emplace_back(pair.substr(0, middle),
                               pair.substr(std::min(middle + 1, pair.size())));
  }
  if (request.header("Host").empty()) {
    request.headers.push_back({"Host", "village.example"});
  }
  return request;
}

http::Response knock(api::Door& door, http::Request request) {
  auto promise = std::make_shared<std::promise<http::Response>>();
  auto answer = promise->get_future();
  door.answer(std::move(request),
              [promise](http::Response response) { promise->set_value(std::move(response)); });
  return answer.get();
}

std::string_view header(const http::Response& response, std::string_view name) {
  const auto found = std::ranges::find(response.headers, name, &http::Header::name);
  return found == response.headers.end() ? std::string_view() : std::string_view(found->value);
}

std::string body(const http::Response& response) {
  return response.body == nullptr ? "" : *response.body;
}

}  // namespace xiaoyuan::test
