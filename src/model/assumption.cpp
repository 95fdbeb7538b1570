#include "model/assumption.hpp"

#include <algorithm>
#include <set>

#include "base/check.hpp"

namespace xiaoyuan::model {

namespace {

Assumption read_one(Fields& fields, std::string key) {
  Assumption assumption;
  assumption.key = std::move(key);
  assumption.range = {fields.number_or("least", any_number.least),
                      fields.number_or("most", any_number.most)};
  assumption.value = fields.number("value", assumption.range);
  assumption.unit = fields.text("unit");
  assumption.meaning = {fields.text("en"), fields.text("zh")};
  assumption.source = fields.text("source");
  assumption.confidence = fields.confidence();
  fields.finish();
  return assumption;
}

}  // namespace

double Assumptions::value(std::string_view key) const {
  const auto found = std::ranges::find(all, key, &Assumption::key);
  expects(found != all.end());
  return found->value;
}

Result<Assumptions> read_assumptions(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields groups(root, name, errors);
  Assumptions assumptions;
  for (const std::string& group : groups.keys()) {
    Fields members = groups.table(group);
    for (const std::string& key : members.keys()) {
      Fields fields = members.table(key);
      assumptions.all.push_back(read_one(fields, group + "." + key));
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return assumptions;
}

void replace_assumptions(Fields& table, Assumptions& assumptions) {
  std::set<std::string> groups;
  for (const Assumption& assumption : assumptions.all) {
    groups.insert(assumption.key.substr(0, assumption.key.find('.')));
  }
  for (const std::string& group : groups) {
    auto own = table.table_if(group);
    if (!own) {
      continue;
    }
    for (Assumption& assumption : assumptions.all) {
      if (!assumption.key.starts_with(group + ".")) {
        continue;
      }
      if (const auto value =
              own->number_if(assumption.key.substr(group.size() + 1), assumption.range)) {
        assumption.value = *value;
        assumption.from_village = true;
        assumption.source = "village.toml";
      }
    }
    own->finish();
  }
  table.finish();
}

}  // namespace xiaoyuan::model
