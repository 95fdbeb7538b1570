// People on a journal. Two locks: `writing_` for whoever adds a line, held while the store writes;
// `guard_` for the state, held only while a line is taken in or a caller is looked up.
#pragma once
#include <functional>
#include <mutex>
#include <semaphore>
#include <shared_mutex>

#include "people/attempts.hpp"
#include "people/journal.hpp"
#include "people/state.hpp"

namespace xiaoyuan::people {

class KeptPeople final : public People {
 public:
  explicit KeptPeople(std::unique_ptr<store::Store> store) : journal_(std::move(store)) {}
  ~KeptPeople() override;

  bool is_empty() const override;
  std::vector<Account> accounts() const override;
  std::optional<Account> account(const std::string& id) const override;
  Result<Account> add(const NewAccount& account, const By& by) override;
  Result<Account> add_first(const NewAccount& account, const By& by) override;
  Result<Account> change(const std::string& id, const AccountChange& change, const By& by) override;

  Result<SignedIn> sign_in(const std::string& name, const std::string& password,
                           const By& by) override;
  void sign_out(const Caller& caller, const By& by) override;
  Result<SignedIn> change_password(const std::string& account, const std::string& old_password,
                                   const std::string& new_password, const By& by) override;
  Caller caller_of_session(std::string_view secret, Instant now) const override;
  Caller caller_of_token(std::string_view secret, Instant now) const override;

  std::vector<Token> tokens(const std::string& account) const override;
  Result<NewToken> add_token(const std::string& account, const std::string& label,
                             std::optional<Instant> until, const By& by) override;
  Result<void> revoke_token(const std::string& account, const std::string& id,
                            const By& by) override;

  Result<void> note(const Deed& deed) override;
  Result<TrailPage> trail(const TrailAsked& asked) const override;
  Result<void> catch_up(Instant now) override;

 private:
  /// Makes a line of what is true now; asked again where another program was faster.
  using Make = std::function<Result<Line>(const State& state, std::uint64_t number)>;
  enum class While : std::uint8_t { any, empty };

  Result<Line> write(Instant at, const Make& make);
  Result<void> read_new();
  Result<void> keep_uses(Instant now);
  void take(const Line& line);
  Result<Account> add_where(const NewAccount& account, const By& by, While when);
  Result<std::string> hash_in_turn(const std::string& password);
  Result<bool> compare_in_turn(const std::string& password, const std::string& hash);
  /// Errors where the attempt is one too many.
  Result<void> begin_attempt(const std::string& folded_name, const By& by);
  Result<SignedIn> open_session(const AccountRecord& record, const By& by);

  mutable std::mutex writing_;
  mutable Journal journal_;
  mutable std::shared_mutex guard_;
  State state_;
  Attempts attempts_;
  std::counting_semaphore<2> hashing_{2};
};

}  // namespace xiaoyuan::people
