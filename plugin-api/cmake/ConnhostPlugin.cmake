# connhost_add_plugin(NAME SOURCES file... [MANIFEST manifest.yaml] [LIBS library...])
#
# Builds the module NAME.so with hidden visibility, the one exported symbol and no undefined ones, and
# lays out a folder that `connhost pack` takes: ${CONNHOST_CONNECTORS_DIR}/NAME/{manifest.yaml,lib/}.
# Outside Debug builds the debug information goes to NAME.debug in the build folder, so that the host,
# which hashes the library before each run, has less to read.
# Also makes the object library NAME_objects, for the plugin's own tests.
if(NOT CONNHOST_CONNECTORS_DIR)
  set(CONNHOST_CONNECTORS_DIR ${CMAKE_BINARY_DIR}/connectors CACHE PATH "Where plugins are laid out")
endif()

function(connhost_add_plugin name)
  cmake_parse_arguments(P "" "MANIFEST" "SOURCES;LIBS" ${ARGN})
  if(NOT P_MANIFEST)
    set(P_MANIFEST manifest.yaml)
  endif()
  add_library(${name}_objects OBJECT ${P_SOURCES})
  set_target_properties(${name}_objects PROPERTIES
    POSITION_INDEPENDENT_CODE ON C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
  target_link_libraries(${name}_objects PUBLIC connhost_plugin_api ${P_LIBS})

  # A plugin that is all C is linked as C: it needs nothing of C++.
  set(language C)
  foreach(source ${P_SOURCES})
    if(NOT source MATCHES "\\.c$")
      set(language CXX)
    endif()
  endforeach()
  set(folder ${CONNHOST_CONNECTORS_DIR}/${name})
  add_library(${name}_plugin MODULE $<TARGET_OBJECTS:${name}_objects>)
  target_link_libraries(${name}_plugin PRIVATE ${P_LIBS})
  set_target_properties(${name}_plugin PROPERTIES
    PREFIX "" OUTPUT_NAME ${name} LINKER_LANGUAGE ${language} LIBRARY_OUTPUT_DIRECTORY ${folder}/lib)
  if(MINGW)
    # The package carries one library: those of the compiler, which Windows lacks, go into it.
    target_link_options(${name}_plugin PRIVATE -static)
  elseif(NOT WIN32)
    target_link_options(${name}_plugin PRIVATE
      -Wl,--version-script=${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map -Wl,-z,now,-z,relro)
    if(NOT CONNHOST_SANITIZE AND NOT CONNHOST_FUZZ)
      target_link_options(${name}_plugin PRIVATE -Wl,-z,defs)
    endif()
  endif()
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug" AND CMAKE_OBJCOPY)
    set(debug ${CMAKE_CURRENT_BINARY_DIR}/${name}.debug)
    add_custom_command(TARGET ${name}_plugin POST_BUILD VERBATIM
      COMMAND ${CMAKE_OBJCOPY} --only-keep-debug $<TARGET_FILE:${name}_plugin> ${debug}
      COMMAND ${CMAKE_OBJCOPY} --strip-debug --add-gnu-debuglink=${debug}
        $<TARGET_FILE:${name}_plugin>)
  endif()
  configure_file(${P_MANIFEST} ${folder}/manifest.yaml COPYONLY)
endfunction()

# The program: of this build, else beside the kit, else on the PATH.
function(connhost_find_program result)
  if(TARGET connhost)
    set(${result} $<TARGET_FILE:connhost> PARENT_SCOPE)
    return()
  endif()
  set(kit ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
  find_program(CONNHOST_PROGRAM connhost HINTS ${kit}/../bin ${kit}/../../../bin ${kit}/../../../../bin)
  if(NOT CONNHOST_PROGRAM)
    message(FATAL_ERROR "expected the program connhost beside ${kit} or on the PATH, found none: "
      "install connhost, or say where it is with -DCONNHOST_PROGRAM=...")
  endif()
  set(${result} ${CONNHOST_PROGRAM} PARENT_SCOPE)
endfunction()

# connhost_add_package(NAME [OUTPUT folder])
#
# Packs the connector of connhost_add_plugin with each build: OUTPUT/NAME-VERSION-PLATFORM.connpkg, in the
# build folder by default.
function(connhost_add_package name)
  cmake_parse_arguments(P "" "OUTPUT" "" ${ARGN})
  if(NOT P_OUTPUT)
    set(P_OUTPUT ${CMAKE_BINARY_DIR})
  endif()
  connhost_find_program(program)
  set(folder ${CONNHOST_CONNECTORS_DIR}/${name})
  set(stamp ${CMAKE_CURRENT_BINARY_DIR}/${name}.packed)
  add_custom_command(OUTPUT ${stamp} VERBATIM
    COMMAND ${program} pack ${folder} --output ${P_OUTPUT}
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${name}_plugin ${folder}/manifest.yaml
    COMMENT "Packing connector ${name}")
  add_custom_target(${name}_package ALL DEPENDS ${stamp})
endfunction()

# connhost_add_conformance_test(TEST PLUGIN name SOURCES file...)
#
# A GoogleTest program (find_package(GTest) first) of a file that uses <connhost/conformance.hpp>: what
# `connhost verify` finds of the connector NAME, one test a check.
function(connhost_add_conformance_test test)
  cmake_parse_arguments(P "" "PLUGIN" "SOURCES" ${ARGN})
  connhost_find_program(program)
  add_executable(${test} ${P_SOURCES})
  target_link_libraries(${test} PRIVATE connhost_plugin_api GTest::gtest_main)
  target_compile_definitions(${test} PRIVATE CONNHOST_PROGRAM="${program}"
    CONNHOST_CONNECTOR="${CONNHOST_CONNECTORS_DIR}/${P_PLUGIN}")
  add_dependencies(${test} ${P_PLUGIN}_plugin)
  add_test(NAME ${test} COMMAND ${test})
endfunction()
