# The Debian package: `cpack --config build/release/CPackConfig.cmake`. Dependencies are found from what
# the program links (dpkg-shlibdeps); settings lie in /etc and are kept over upgrades.
install(FILES packaging/xiaoyuan.service DESTINATION lib/systemd/system)
install(FILES packaging/sysusers.conf DESTINATION lib/sysusers.d RENAME xiaoyuan.conf)
# Where the package keeps its data stands in its settings; all other keys are as they are described.
file(READ share/serve.toml settings)
string(REPLACE "\"xiaoyuan-data\"" "\"/var/lib/xiaoyuan\"" settings "${settings}")
file(WRITE ${CMAKE_BINARY_DIR}/packaging/serve.toml "${settings}")
install(FILES ${CMAKE_BINARY_DIR}/packaging/serve.toml DESTINATION /etc/xiaoyuan)
install(FILES README.md CHANGELOG.md DESTINATION share/doc/xiaoyuan)
install(FILES LICENSE DESTINATION share/doc/xiaoyuan RENAME copyright)
install(DIRECTORY docs/guide/ DESTINATION share/doc/xiaoyuan FILES_MATCHING PATTERN "*.md")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME xiaoyuan)
set(CPACK_PACKAGE_VENDOR "Xiaoyuan")
set(CPACK_PACKAGE_CONTACT "Xiaoyuan <xiaoyuan@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "village energy: plan, run and settle, with one set of numbers")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_CMAKE_PROJECTS "${CMAKE_BINARY_DIR};xiaoyuan;Unspecified;/") # all but the component mpi
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "tzdata, fonts-noto-cjk")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "nginx, postgresql")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  "${CMAKE_SOURCE_DIR}/packaging/postinst;${CMAKE_SOURCE_DIR}/packaging/prerm;${CMAKE_SOURCE_DIR}/packaging/postrm;${CMAKE_SOURCE_DIR}/packaging/conffiles")
include(CPack)
