#include "office/owner.hpp"

#include <fmt/format.h>

namespace xiaoyuan::office {

Result<void> check_owner(store::Store& store, const Ownership& ownership) {
  constexpr const char* owner = "village/id";
  const std::string& id = ownership.village;
  TRY(const std::optional<store::Document> known, store.document(owner));
  if (known && known->bytes != id) {
    const Text& hint = ownership.hint;
    return fail(Fault::conflict,
                {fmt::format("the store is that of the village \"{}\", not of \"{}\"{}{}",
                             known->bytes, id, hint.en.empty() ? "" : "; ", hint.en),
                 fmt::format("此库属于村庄“{}”,不是“{}”{}{}", known->bytes, id,
                             hint.zh.empty() ? "" : ";", hint.zh)},
                ownership.where);
  }
  if (!known && ownership.use == Use::write) {
    store::Batch batch{.key = owner, .recorded_at = ownership.now};
    batch.documents.push_back({owner, id});
    TRY(const store::Written written, store.write(batch));
    static_cast<void>(written);
  }
  return {};
}

}  // namespace xiaoyuan::office
