// Whose a store is: what is kept of one village is not mixed with another's. The first that writes
// says in the store whose it is.
#pragma once
#include <string>

#include "store/store.hpp"

namespace xiaoyuan::office {

enum class Use { read, write };

struct Ownership {
  std::string village;  ///< its id, as village.toml names it
  Use use = Use::read;
  Instant now;
  Where where{};  ///< where the store was named, for the message
  Text hint{};    ///< what to do about it: "name another with --book"
};

/// Errors: conflict, the store is another village's; those of the store.
Result<void> check_owner(store::Store& store, const Ownership& ownership);

}  // namespace xiaoyuan::office
