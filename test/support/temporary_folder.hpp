// A folder that goes with the test. It lies in memory where the system has such a place: tests of a
// disk's failures bring a disk of their own (support/broken_disk.hpp).
#pragma once
#include <unistd.h>

#include <filesystem>
#include <string>

namespace xiaoyuan::test {

struct TemporaryFolder {
  TemporaryFolder() {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path memory = "/dev/shm";
    std::string name =
        ((fs::is_directory(memory, error) ? memory : fs::temp_directory_path()) / "xiaoyuan-XXXXXX")
            .string();
    path = ::mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::filesystem::path path;
};

}  // namespace xiaoyuan::test
