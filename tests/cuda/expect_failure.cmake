# cmake -DPROGRAM=… -DTESTS=filter -P expect_failure.cmake: the tests must fail (a crash or a hang is a failure too).
execute_process(COMMAND ${PROGRAM} --gtest_filter=${TESTS} --gtest_brief=1 TIMEOUT 120
  RESULT_VARIABLE code OUTPUT_VARIABLE text ERROR_VARIABLE text)
if(code STREQUAL "0")
  message(FATAL_ERROR "Not caught: ${PROGRAM} passes ${TESTS}\n${text}")
endif()
string(LENGTH "${text}" length)
if(length GREATER 600)
  string(SUBSTRING "${text}" 0 600 text)
endif()
message(STATUS "Caught (${code}):\n${text}")
