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

  set(folder ${CONNHOST_CONNECTORS_DIR}/${name})
  add_library(${name}_plugin MODULE $<TARGET_OBJECTS:${name}_objects>)
  target_link_libraries(${name}_plugin PRIVATE ${P_LIBS})
  set_target_properties(${name}_plugin PROPERTIES
    PREFIX "" OUTPUT_NAME ${name} LINKER_LANGUAGE CXX LIBRARY_OUTPUT_DIRECTORY ${folder}/lib)
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
