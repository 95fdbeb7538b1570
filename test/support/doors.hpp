// A server's world made by hand: people who sign in by their names, villages without files, jobs
// that never end. So every door can be tried in milliseconds.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/answers.hpp"
#include "api/serve_door.hpp"
#include "api/world.hpp"

namespace xiaoyuan::test {

/// Whose secret is their account's name ("session-<name>", "token-<name>"), whose mark against
/// forgery is "csrf-<name>".
class HandPeople : public people::People {
 public:
  void let_in(const std::string& name, std::vector<people::Grant> grants);

  bool is_empty() const override { return accounts_.empty(); }
  std::vector<people::Account> accounts() const override;
  std::optional<people::Account> account(const std::string& id) const override;
  Result<people::Account> add(const people::NewAccount& account, const people::By& by) override;
  Result<people::Account> change(const std::string& id, const people::AccountChange& change,
                                 const people::By& by) override;
  Result<people::SignedIn> sign_in(const std::string& name, const std::string& password,
                                   const people::By& by) override;
  void sign_out(const people::Caller& caller, const people::By& by) override;
  Result<people::Account> add_first(const people::NewAccount& account,
                                    const people::By& by) override;
  Result<people::SignedIn> change_password(const std::string& account,
                                           const std::string& old_password,
                                           const std::string& new_password,
                                           const people::By& by) override;
  people::Caller caller_of_session(std::string_view secret, Instant now) const override;
  people::Caller caller_of_token(std::string_view secret, Instant now) const override;
  std::vector<people::Token> tokens(const std::string& account) const override;
  Result<people::NewToken> add_token(const std::string& account, const std::string& label,
                                     std::optional<Instant> until, const people::By& by) override;
  Result<void> revoke_token(const std::string& account, const std::string& id,
                            const people::By& by) override;
  Result<void> note(const people::Deed& deed) override;
  Result<people::TrailPage> trail(const people::TrailAsked& asked) const override;
  Result<void> catch_up(Instant now) override;

 private:
  people::Caller caller(std::string_view name, people::Caller::Kind kind) const;
  std::map<std::string, std::vector<people::Grant>, std::less<>> accounts_;
};

/// A world with these villages; those of `open` are open to everybody. The people of it are given
/// back beside it.
struct HandWorld {
  std::unique_ptr<api::World> world;
  HandPeople* people = nullptr;
  void add_job(const desk::Job& job);
};
HandWorld hand_world(const std::vector<std::string>& villages,
                     const std::vector<std::string>& open = {});

/// A request as a browser or program would send it.
http::Request asking(http::Method method, const std::string& path,
                     std::vector<http::Header> headers = {}, std::string body = {});
/// Comes in by the door and waits for the answer.
http::Response knock(api::Door& door, http::Request request);
std::string_view header(const http::Response& response, std::string_view name);
std::string body(const http::Response& response);

}  // namespace xiaoyuan::test
