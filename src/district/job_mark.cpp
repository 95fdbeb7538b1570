#include "district/job_mark.hpp"

#include <fmt/format.h>

#include <fstream>
#include <string>

#include "district/chunk_record.hpp"

namespace xiaoyuan::district {

namespace {

constexpr const char* mark_name = "job.txt";
constexpr const char* mark_word = "xiaoyuan.district-job/1";

Errors one(Fault fault, const std::filesystem::path& out, Text what) {
  return {{fault, std::move(what), {out.string(), 0, ""}}};
}

}  // namespace

std::optional<JobMark> read_mark(const std::filesystem::path& folder) {
  std::ifstream file(folder / mark_name);
  std::string word;
  JobMark mark;
  file >> word >> std::hex >> mark.job >> std::dec >> mark.chunk_lines;
  return file && word == mark_word && mark.chunk_lines > 0 ? std::optional(mark) : std::nullopt;
}

Result<void> write_mark(const std::filesystem::path& folder, const JobMark& mark) {
  return write_whole(folder / mark_name,
                     fmt::format("{} {:016x} {}\n", mark_word, mark.job, mark.chunk_lines));
}

Result<void> check_mark(const JobMark& found, const JobMark& ours,
                        const std::filesystem::path& out) {
  if (found.chunk_lines != ours.chunk_lines) {
    return std::unexpected(
        one(Fault::bad_input, out,
            {fmt::format("the unfinished job here was cut into chunks of {} lines; leave --chunk "
                         "out or give {}",
                         found.chunk_lines, found.chunk_lines),
             fmt::format("此处未完成的任务按每块 {} 行划分;请去掉 --chunk 或取 {}",
                         found.chunk_lines, found.chunk_lines)}));
  }
  if (found.job != ours.job) {
    return std::unexpected(
        one(Fault::bad_input, out,
            {"the unfinished job here is another one: the district's files or the program have "
             "changed since; choose another --out, or delete the folder chunks in it",
             "此处未完成的是另一任务:区域数据文件或程序版本已变化;请另选 --out,或删除其中的 chunks "
             "文件夹"}));
  }
  return {};
}

Errors unfinished(const std::filesystem::path& out) {
  return one(Fault::unwritable, out,
             {"an unfinished job stands here; go on with --resume, or choose another --out",
              "此处有未完成的任务;请加 --resume 续算,或另选 --out"});
}

Errors interrupted(const std::filesystem::path& out) {
  return one(Fault::interrupted, out,
             {"stopped before the end; the finished chunks are kept: go on with --resume",
              "已中止;已完成的分块均已保存,可加 --resume 续算"});
}

Errors lost_record(const std::filesystem::path& out, std::size_t chunk) {
  return one(
      Fault::unreadable, out,
      {fmt::format("the record of chunk {} was lost or damaged; run again with --resume", chunk),
       fmt::format("第 {} 块的记录丢失或损坏;请加 --resume 再次运行", chunk)});
}

}  // namespace xiaoyuan::district
