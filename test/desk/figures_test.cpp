// New versions of figures: what stood there stands, or somebody says that it was wrong.
#include "desk/figures.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "store/folder.hpp"
#include "support/temporary_folder.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::desk {
namespace {

const std::string file = "tariffs/beijing-residential.toml";

std::string shipped(const std::string& name) { return test::shipped_share().read(name).value(); }

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

/// The shipped tariff with an end, and the same prices from 2027 on.
std::string with_2027() {
  const std::string before = shipped(file);
  std::string version = before.substr(before.find("[[version]]"));
  version = replaced(version, "2026-01-01", "2027-01-01");
  version = replaced(version, "0.4883", "0.5");
  return replaced(before, "valid_from = 2026-01-01",
                  "valid_from = 2026-01-01\nvalid_to = 2026-12-31") +
         "\n" + version;
}

class Figures : public testing::Test {
 protected:
  test::TemporaryFolder folder;
  Files files = laid_over(store::folder(folder.path), test::shipped_share());

  NewFigure figure(std::string toml) const {
    return {.kind = FigureKind::tariff,
            .name = "beijing-residential",
            .toml = std::move(toml),
            .reason = "",
            .correction = Correction::none,
            .account = "a1",
            .at = Instant(std::chrono::seconds(1'795'000'000))};
  }
  Error refused(const NewFigure& one) const {
    const auto kept = keep_figure(one, files, folder.path);
    EXPECT_FALSE(kept);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path));
    return kept ? Error{} : kept.error().front();
  }
};

TEST_F(Figures, all_that_is_shipped_is_listed_with_document_and_source) {
  for (const FigureKind kind : {FigureKind::tariff, FigureKind::factor, FigureKind::mechanism}) {
    const auto rows = figures_of(files, kind);
    ASSERT_TRUE(rows) << message(rows.error().front(), Language::english);
    EXPECT_GT(rows->size(), 5U);
    for (const FigureRow& row : *rows) {
      EXPECT_FALSE(row.versions.front().document.empty()) << row.id;
      EXPECT_FALSE(row.versions.front().source.empty()) << row.id;
    }
  }
}

TEST_F(Figures, a_new_version_is_kept_and_lies_before_share) {
  const FigureChange change = keep_figure(figure(with_2027()), files, folder.path).value();
  EXPECT_EQ(change.added, std::vector<std::string>{"2027-01-01"});
  EXPECT_EQ(change.changed, std::vector<std::string>{"2026-01-01"});
  EXPECT_EQ(files.read(file).value(), with_2027());
  const auto rows = figures_of(files, FigureKind::tariff).value();
  const auto row = std::ranges::find(rows, "beijing-residential", &FigureRow::id);
  ASSERT_NE(row, rows.end());
  EXPECT_EQ(row->versions.size(), 2U);
  EXPECT_EQ(text_of(*row->versions.front().valid_from), "2027-01-01");
  const auto history = history_of(file, folder.path);
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history.front().account, "a1");
  // What the program came with is as it was.
  EXPECT_EQ(test::shipped_share().read(file).value().find("2027"), std::string::npos);
}

TEST_F(Figures, what_stood_there_may_not_say_another_thing_without_a_word) {
  NewFigure other = figure(replaced(shipped(file), "0.4883", "0.5"));
  Error error = refused(other);
  EXPECT_EQ(error.fault, Fault::conflict);
  EXPECT_EQ(error.where.field, "2026-01-01");
  other.correction = Correction::was_wrong;
  error = refused(other);
  EXPECT_EQ(error.where.field, "reason");
  other.reason = "misread";
  EXPECT_EQ(keep_figure(other, files, folder.path).value().changed,
            std::vector<std::string>{"2026-01-01"});
}

TEST_F(Figures, a_version_may_not_go_and_two_may_not_overlap) {
  const std::string text = with_2027();
  const std::size_t first = text.find("[[version]]");
  const std::size_t second = text.find("[[version]]", first + 1);
  EXPECT_EQ(refused(figure(text.substr(0, first) + text.substr(second))).fault, Fault::conflict);
  const Error overlap = refused(figure(replaced(text, "valid_to = 2026-12-31\n", "")));
  EXPECT_EQ(overlap.fault, Fault::bad_input);
  EXPECT_NE(overlap.what.en.find("overlaps"), std::string::npos);
}

TEST_F(Figures, words_and_order_are_no_change) {
  EXPECT_EQ(refused(figure("# another remark\n" + shipped(file))).fault, Fault::bad_input);
}

TEST_F(Figures, names_stay_in_their_folder_and_are_the_id) {
  for (const char* name : {"../x", "a/b", "", ".hidden", "A", "a..b", "x\n"}) {
    NewFigure one = figure(shipped(file));
    one.name = name;
    EXPECT_EQ(refused(one).where.field, "name") << name;
  }
  NewFigure one = figure(shipped(file));
  one.name = "another";
  EXPECT_EQ(refused(one).where.field, "id");
}

TEST_F(Figures, an_id_of_another_file_is_taken) {
  NewFigure one = figure(shipped("factors/mee-2023.toml"));
  one.kind = FigureKind::factor;
  one.name = "mine";
  EXPECT_EQ(refused(one).fault, Fault::conflict);
}

TEST_F(Figures, what_is_no_figure_is_told_by_the_engines_reader) {
  EXPECT_EQ(refused(figure("id = ")).where.file, file);
  EXPECT_EQ(refused(figure(std::string(100'000, '['))).fault, Fault::bad_input);
}

}  // namespace
}  // namespace xiaoyuan::desk
