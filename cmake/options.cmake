# Compiler settings that every target of this tree shares.
add_library(connhost_options INTERFACE)
target_compile_options(connhost_options INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Werror -fno-omit-frame-pointer)
target_include_directories(connhost_options INTERFACE ${PROJECT_SOURCE_DIR})
# RapidJSON 1.1 is ambiguous to clang 14 in C++20; g++ 12 sees overlaps that are none (GCC bug 105651).
target_compile_options(connhost_options INTERFACE
  $<$<CXX_COMPILER_ID:Clang>:-Wno-ambiguous-reversed-operator>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)

if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  # Data pass through targets with the property CONNHOST_HOT; the others need not wait for an optimiser.
  target_compile_options(connhost_options INTERFACE
    $<IF:$<BOOL:$<TARGET_PROPERTY:CONNHOST_HOT>>,-O1,-O0> -g)
  target_compile_definitions(connhost_options INTERFACE _GLIBCXX_ASSERTIONS)
else()
  target_compile_definitions(connhost_options INTERFACE _FORTIFY_SOURCE=2)
  add_link_options(-Wl,-z,relro,-z,now -Wl,--as-needed)
endif()

if(CONNHOST_SANITIZE)
  add_compile_options(-fsanitize=${CONNHOST_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CONNHOST_SANITIZE})
endif()
if(CONNHOST_FUZZ)
  # RapidJSON 1.1 adds offsets to null pointers and has comparisons that clang warns about in C++20.
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
    -fno-sanitize=pointer-overflow $<$<COMPILE_LANGUAGE:CXX>:-Wno-ambiguous-reversed-operator>)
  add_link_options(-fsanitize=address,undefined)
endif()

# connhost_fuzzer(NAME SOURCE LIBS...): a libFuzzer target, built under the fuzz preset only.
if(CONNHOST_FUZZ)
  add_custom_target(fuzzers)
endif()
function(connhost_fuzzer name source)
  if(CONNHOST_FUZZ)
    add_executable(${name} ${source})
    add_dependencies(fuzzers ${name})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(${name} PRIVATE connhost_options ${ARGN})
  endif()
endfunction()

# connhost_test(NAME LIBS... SOURCES...): one GoogleTest program, run by ctest as a whole.
function(connhost_test name)
  cmake_parse_arguments(T "" "TIMEOUT" "SOURCES;LIBS" ${ARGN})
  add_executable(${name} ${T_SOURCES})
  target_link_libraries(${name} PRIVATE connhost_options GTest::gtest_main ${T_LIBS})
  add_test(NAME ${name} COMMAND ${name})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 120)
  endif()
  if(CONNHOST_SANITIZE MATCHES thread)  # up to fifteen times slower
    math(EXPR T_TIMEOUT "4 * ${T_TIMEOUT}")
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${T_TIMEOUT})
endfunction()
