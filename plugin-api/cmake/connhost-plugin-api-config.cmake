include(${CMAKE_CURRENT_LIST_DIR}/connhost-plugin-api-targets.cmake)
add_library(connhost_plugin_api ALIAS connhost::plugin-api)
include(${CMAKE_CURRENT_LIST_DIR}/ConnhostPlugin.cmake)
