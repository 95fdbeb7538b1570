#include "people/account.hpp"

namespace xiaoyuan::people {

const std::vector<std::string>& words_of(Role) {
  static const std::vector<std::string> words{
      "villager", "committee", "company", "grid-company", "town", "researcher", "administrator"};
  return words;
}

Text name_of(Role role) {
  switch (role) {
    case Role::villager:
      return {"Villager", "村民"};
    case Role::committee:
      return {"Village committee", "村委会"};
    case Role::company:
      return {"Company", "项目企业"};
    case Role::grid_company:
      return {"Grid company", "供电公司"};
    case Role::town:
      return {"Town government", "镇政府"};
    case Role::researcher:
      return {"Researcher", "研究人员"};
    case Role::administrator:
      return {"Administrator", "系统管理员"};
  }
  return {};
}

}  // namespace xiaoyuan::people
