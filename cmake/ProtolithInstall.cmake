# Install and export: `find_package(protolith)` gives protolith::base … protolith::run; the binary goes to bin/.
include(CMakePackageConfigHelpers)
get_property(libraries GLOBAL PROPERTY PROTOLITH_LIBRARIES)
foreach(library IN LISTS libraries)
  if(library MATCHES "^protolith_kernels")
    install(TARGETS ${library} EXPORT protolith-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  else()
    install(TARGETS ${library} EXPORT protolith-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
      FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/protolith)
  endif()
endforeach()
# What the library's headers include of the kernels.
install(DIRECTORY "${PROJECT_SOURCE_DIR}/kernels/" DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/protolith/kernels FILES_MATCHING PATTERN "*.hpp")
target_include_directories(protolith_kernels INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/protolith/kernels>)
install(TARGETS protolith RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(EXPORT protolith-targets NAMESPACE protolith:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/protolith)
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/protolith-config.cmake.in" "${PROJECT_BINARY_DIR}/protolith-config.cmake"
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/protolith)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/protolith-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/protolith-config.cmake" "${PROJECT_BINARY_DIR}/protolith-config-version.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/ProtolithKokkos.cmake" DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/protolith)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/inputs" DESTINATION ${CMAKE_INSTALL_DATADIR}/protolith)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/docs" DESTINATION ${CMAKE_INSTALL_DATADIR}/protolith)
