# Run as a script: writes OUT, a .cpp that lays every file of the folder APP into the program, with
# its type, its mark and, where that is smaller, its compressed bytes (src/api/pages.hpp).
cmake_minimum_required(VERSION 3.25)
file(GLOB_RECURSE files RELATIVE ${APP} ${APP}/*)
list(SORT files)
set(types "html=text/html\;charset=utf-8" "js=text/javascript\;charset=utf-8" "css=text/css\;charset=utf-8"
  "svg=image/svg+xml" "png=image/png" "ico=image/x-icon" "woff2=font/woff2" "json=application/json"
  "webmanifest=application/manifest+json" "txt=text/plain\;charset=utf-8")
get_filename_component(work ${OUT} DIRECTORY)
set(bytes "")
set(names "")
set(rows "")
set(number 0)
foreach(file IN LISTS files)
  get_filename_component(extension ${file} LAST_EXT)
  string(SUBSTRING "${extension}" 1 -1 extension)
  set(type "application/octet-stream")
  foreach(pair IN LISTS types)
    if(pair MATCHES "^${extension}=(.*)$")
      set(type "${CMAKE_MATCH_1}")
    endif()
  endforeach()
  file(SHA256 ${APP}/${file} digest)
  string(SUBSTRING ${digest} 0 32 digest)
  set(packed ${work}/page_${number}.gz)
  # -n: neither name nor time, so that the same bytes come out of the same file.
  execute_process(COMMAND gzip -9 -n -c ${APP}/${file} OUTPUT_FILE ${packed} COMMAND_ERROR_IS_FATAL ANY)
  file(SIZE ${APP}/${file} size)
  file(SIZE ${packed} packed_size)
  if(packed_size GREATER_EQUAL size)
    file(WRITE ${packed} "")
  endif()
  foreach(part plain packed)
    set(from ${APP}/${file})
    if(part MATCHES "^packed$") # STREQUAL would look into the variable of that name
      set(from ${packed})
    endif()
    string(APPEND bytes "    \"xiaoyuan_page_${number}_${part}:\\n.incbin \\\"${from}\\\"\\nxiaoyuan_page_${number}_${part}_end:\\n\"\n")
    string(APPEND names "extern const char xiaoyuan_page_${number}_${part}[], xiaoyuan_page_${number}_${part}_end[];\n")
  endforeach()
  string(APPEND rows "    {\"/${file}\", \"${type}\", \"\\\"${digest}\\\"\",\n"
    "     {xiaoyuan_page_${number}_plain, xiaoyuan_page_${number}_plain_end},\n"
    "     {xiaoyuan_page_${number}_packed, xiaoyuan_page_${number}_packed_end}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUT} "// Written by cmake/pages.cmake from the built pages.
#include \"api/pages.hpp\"

__asm__(
    \".section .rodata\\n\"
${bytes}    \".byte 0\\n.previous\\n\");

extern \"C\" {
${names}}

namespace xiaoyuan::api {

std::span<const PageFile> page_files() {
  static const PageFile files[] = {
${rows}  };
  return files;
}

}  // namespace xiaoyuan::api
")
