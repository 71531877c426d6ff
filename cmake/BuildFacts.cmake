# Writes protolith_build_facts.hpp at build time (cmake -P), touching it only when the facts have changed.
execute_process(COMMAND git describe --always --dirty --abbrev=12 WORKING_DIRECTORY "${SOURCE_DIR}"
  OUTPUT_VARIABLE hash OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed OR hash STREQUAL "")
  set(hash "unknown")
endif()
string(REPLACE "|" ";" pairs "${LIBRARIES}")
set(entries "")
foreach(pair IN LISTS pairs)
  string(REGEX MATCH "^([^=]+)=(.*)$" _ "${pair}")
  string(APPEND entries "{\"${CMAKE_MATCH_1}\", \"${CMAKE_MATCH_2}\"}, ")
endforeach()
file(WRITE "${OUTPUT}.new"
"// Written by the build; see cmake/BuildFacts.cmake.
#define PROTOLITH_VERSION \"${VERSION}\"
#define PROTOLITH_GIT_HASH \"${hash}\"
#define PROTOLITH_COMPILER \"${COMPILER}\"
#define PROTOLITH_BUILD_TYPE \"${BUILD_TYPE}\"
#define PROTOLITH_LIBRARIES ${entries}
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
