# Builds web/ into one file, web/dist/report.html, and names it to src/report/page.cpp. Without the
# web part (fuzzing, tidy) a bare page stands in.
if(XIAOYUAN_WEB)
  set(page ${CMAKE_SOURCE_DIR}/web/dist/report.html)
  file(GLOB_RECURSE page_sources CONFIGURE_DEPENDS web/src/* web/*.html web/*.ts web/*.json)
  list(FILTER page_sources EXCLUDE REGEX "node_modules|/dist/")
  add_custom_command(
    OUTPUT ${page}
    COMMAND npm run --silent build
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}/web
    DEPENDS ${page_sources}
    COMMENT "Building the report page (web/)"
    VERBATIM)
  add_custom_target(page DEPENDS ${page})
else()
  set(page ${CMAKE_BINARY_DIR}/bare.html)
  file(WRITE ${page} "<script id=\"results\" type=\"application/json\">__RESULTS__</script>\n")
  add_custom_target(page)
endif()
set_source_files_properties(src/report/page.cpp PROPERTIES
  COMPILE_DEFINITIONS "XIAOYUAN_PAGE=\"${page}\"" OBJECT_DEPENDS ${page} SKIP_UNITY_BUILD_INCLUSION ON)
set_source_files_properties(src/report/version.cpp PROPERTIES
  COMPILE_DEFINITIONS "XIAOYUAN_VERSION=\"${PROJECT_VERSION}\"" SKIP_UNITY_BUILD_INCLUSION ON)
if(TARGET xiaoyuan_report)
  add_dependencies(xiaoyuan_report page)
endif()
