// What may be asked of a book, as plain data. What the book takes becomes an entry of its log.
//
// Every command has a key: sent twice with the same content it is taken once; a key with other
// content is refused. Commands name each other, accounts and pools by key or number.
#pragma once
#include <cstdint>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/zone.hpp"
#include "ledger/account.hpp"
#include "ledger/period.hpp"

namespace xiaoyuan::ledger {

struct Heading {
  std::string key;   ///< "2026-10/h001/export"
  Date dated;        ///< when it was true; the book decides the period
  std::string memo;  ///< what it is for, for people; may be empty
  friend bool operator==(const Heading&, const Heading&) = default;
};

/// An amount above zero from one account to another of the same unit: a debit and a credit at once.
struct Transfer {
  AccountId debit;
  AccountId credit;
  std::int64_t amount = 0;
  friend bool operator==(const Transfer&, const Transfer&) = default;
};

enum class Stage : std::uint8_t { posted, pending };

struct OpenAccount {
  Heading heading;
  Account account;
  friend bool operator==(const OpenAccount&, const OpenAccount&) = default;
};

/// All transfers or none.
struct Post {
  Heading heading;
  Stage stage = Stage::posted;
  std::vector<Transfer> transfers;
  friend bool operator==(const Post&, const Post&) = default;
};

/// Posts what was pending, each transfer with its amount or less; no amounts: all in full.
struct Confirm {
  Heading heading;
  std::string pending;
  std::vector<std::int64_t> amounts;
  friend bool operator==(const Confirm&, const Confirm&) = default;
};

/// Lets go of what was pending.
struct Void {
  Heading heading;
  std::string pending;
  friend bool operator==(const Void&, const Void&) = default;
};

/// Moves back what a posting moved, once.
struct Reverse {
  Heading heading;
  std::string reversed;
  friend bool operator==(const Reverse&, const Reverse&) = default;
};

/// Closes a period: the one after the last that was sealed.
struct Seal {
  Heading heading;
  Period period;
  friend bool operator==(const Seal&, const Seal&) = default;
};

/// Freezes what is disputed of a posting, and no more: each transfer is between an account of the
/// posting, on the side opposite to the posting's, and a dispute account.
struct OpenDispute {
  Heading heading;
  std::string disputed;
  std::vector<Transfer> transfers;
  friend bool operator==(const OpenDispute&, const OpenDispute&) = default;
};

/// Lets go of what was frozen and posts the correction; no transfers: the posting stands.
struct ResolveDispute {
  Heading heading;
  std::string dispute;
  std::vector<Transfer> transfers;
  friend bool operator==(const ResolveDispute&, const ResolveDispute&) = default;
};

/// Exported energy earns tradable certificates, self-used energy such as cannot be sold.
enum class PoolKind : std::uint8_t { tradable, non_tradable };

/// Pools are numbered in the order in which they were opened, from 0.
struct PoolId {
  std::uint32_t number = 0;
  friend auto operator<=>(PoolId, PoolId) = default;
};

/// One owner's energy of one kind, with its certificates.
struct OpenPool {
  Heading heading;
  std::string owner;
  Text name;
  PoolKind kind = PoolKind::tradable;
  friend bool operator==(const OpenPool&, const OpenPool&) = default;
};

/// Part of what a meter measured in an interval: [from_wh, to_wh) of its Wh, counted from 0.
struct Stretch {
  std::string meter;
  Instant begin;
  Instant end;
  std::int64_t from_wh = 0;
  std::int64_t to_wh = 0;
  friend bool operator==(const Stretch&, const Stretch&) = default;
};

/// Where the environmental value of a Wh stands; each Wh stands in one state or is not on the book.
enum class State : std::uint8_t {
  carried,   ///< recognised, in no certificate yet
  claimed,   ///< the owner claims it without a certificate
  issued,    ///< in a certificate that the owner holds; tradable or not as its pool is
  sold,      ///< in a certificate that another holds
  cancelled  ///< in a certificate that was used up
};
inline constexpr std::size_t states = 5;

/// Puts a stretch into a pool, carried.
struct Recognise {
  Heading heading;
  PoolId pool;
  Stretch stretch;
  friend bool operator==(const Recognise&, const Recognise&) = default;
};

/// Moves energy of a pool from one state to another, the oldest first. Issuing is carried → issued.
struct Restate {
  Heading heading;
  PoolId pool;
  State from = State::carried;
  State to = State::issued;
  std::int64_t wh = 0;
  friend bool operator==(const Restate&, const Restate&) = default;
};

/// Takes a stretch off the book, because it was not made after all.
struct ClawBack {
  Heading heading;
  PoolId pool;
  Stretch stretch;
  friend bool operator==(const ClawBack&, const ClawBack&) = default;
};

using Command = std::variant<OpenAccount, Post, Confirm, Void, Reverse, Seal, OpenDispute,
                             ResolveDispute, OpenPool, Recognise, Restate, ClawBack>;

template <class Kind, std::size_t index = 0>
constexpr std::uint8_t kind_index() {
  if constexpr (std::is_same_v<std::variant_alternative_t<index, Command>, Kind>) {
    return static_cast<std::uint8_t>(index);
  } else {
    return kind_index<Kind, index + 1>();
  }
}
/// The number of a kind of command, in an entry's bytes and in its record.
template <class Kind>
inline constexpr std::uint8_t kind_of = kind_index<Kind>();

const Heading& heading_of(const Command& command);
/// "a posting", "凭证": the kind of the alternative with this index.
Text kind_name(std::size_t alternative);
Text name_of(State state);

}  // namespace xiaoyuan::ledger
