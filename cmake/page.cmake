# Builds web/: the report in one file, web/dist/report.html, named to src/report/page.cpp, and the pages
# of the server, web/dist/app, laid into the program by cmake/pages.cmake. Without the web part
# (fuzzing, tidy) bare pages stand in.
if(XIAOYUAN_WEB)
  set(page ${CMAKE_SOURCE_DIR}/web/dist/report.html)
  file(GLOB_RECURSE page_sources CONFIGURE_DEPENDS web/src/* web/*.html web/*.ts web/*.json)
  list(FILTER page_sources EXCLUDE REGEX "node_modules|/dist/")
  set(pages ${CMAKE_SOURCE_DIR}/web/dist/app)
  add_custom_command(
    OUTPUT ${page}
    BYPRODUCTS ${pages}/index.html
    COMMAND npm run --silent build
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}/web
    DEPENDS ${page_sources}
    COMMENT "Building the pages (web/)"
    VERBATIM)
  add_custom_target(page DEPENDS ${page})
else()
  set(page ${CMAKE_BINARY_DIR}/bare.html)
  file(WRITE ${page} "<script id=\"results\" type=\"application/json\">__RESULTS__</script>\n")
  set(pages ${CMAKE_BINARY_DIR}/bare)
  file(WRITE ${pages}/index.html "<!doctype html><title>Xiaoyuan</title><p>Built without its pages; the API is at /api/v1.</p>\n")
  add_custom_target(page)
endif()
set(pages_source ${CMAKE_BINARY_DIR}/pages/page_files.cpp)
add_custom_command(
  OUTPUT ${pages_source}
  COMMAND ${CMAKE_COMMAND} -DAPP=${pages} -DOUT=${pages_source} -P ${CMAKE_SOURCE_DIR}/cmake/pages.cmake
  DEPENDS ${page} ${CMAKE_SOURCE_DIR}/cmake/pages.cmake
  VERBATIM)
set_source_files_properties(${pages_source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
target_sources(xiaoyuan_api PRIVATE ${pages_source})
set_source_files_properties(src/api/open_api.cpp PROPERTIES
  COMPILE_DEFINITIONS "XIAOYUAN_OPEN_API=\"${CMAKE_SOURCE_DIR}/docs/openapi.yaml\""
  OBJECT_DEPENDS ${CMAKE_SOURCE_DIR}/docs/openapi.yaml SKIP_UNITY_BUILD_INCLUSION ON)
add_dependencies(xiaoyuan_api page)
set_source_files_properties(src/report/page.cpp PROPERTIES
  COMPILE_DEFINITIONS "XIAOYUAN_PAGE=\"${page}\"" OBJECT_DEPENDS ${page} SKIP_UNITY_BUILD_INCLUSION ON)
set_source_files_properties(src/report/version.cpp PROPERTIES
  COMPILE_DEFINITIONS "XIAOYUAN_VERSION=\"${PROJECT_VERSION}\"" SKIP_UNITY_BUILD_INCLUSION ON)
if(TARGET xiaoyuan_report)
  add_dependencies(xiaoyuan_report page)
endif()
