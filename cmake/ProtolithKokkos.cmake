# Kokkos 3.4 … 5.x: the target Kokkos::kokkos. Used by the build and by the installed package.
# A function, so that what Kokkos' config sets stays here.
function(protolith_find_kokkos)
  set(CMAKE_CXX_EXTENSIONS OFF)   # else Trilinos' config writes this into the cache of the whole project, with a warning
  find_package(Kokkos QUIET CONFIG)
  if(NOT Kokkos_FOUND)
    message(FATAL_ERROR "Kokkos not found. On Debian: apt-get install libtrilinos-kokkos-dev   (or run scripts/setup.sh)")
  endif()
  if(Kokkos_VERSION VERSION_LESS 3.4 OR NOT Kokkos_VERSION VERSION_LESS 6)
    message(FATAL_ERROR "Kokkos ${Kokkos_VERSION} found in ${Kokkos_DIR}; versions from 3.4 to 5.x serve")
  endif()
  # Debian 12's config names an include folder that does not exist; the right one is in a variable.
  get_target_property(folders Kokkos::kokkos INTERFACE_INCLUDE_DIRECTORIES)
  foreach(folder IN LISTS folders)
    if(IS_ABSOLUTE "${folder}" AND NOT IS_DIRECTORY "${folder}")
      get_filename_component(right "${Kokkos_INCLUDE_DIRS}" REALPATH)
      set_target_properties(Kokkos::kokkos PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${right}")
    endif()
  endforeach()
  string(REPLACE ";" " " devices "${Kokkos_DEVICES}")
  set(PROTOLITH_KOKKOS_VERSION "${Kokkos_VERSION} for ${devices}" PARENT_SCOPE)
endfunction()
