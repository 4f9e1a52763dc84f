# Writes OUTPUT, a C++ file that holds every file below plugin-api/templates (FOLDER): these stay the source.
# A file's name loses the suffix .in, which keeps CMakeLists.txt and .gitignore from having effect where they lie.
file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${FOLDER} ${FOLDER}/*.in)
list(SORT files)
set(entries)
foreach(file ${files})
  file(READ ${FOLDER}/${file} text)
  string(REGEX MATCH "^[^/]+" set ${file})
  string(REGEX REPLACE "^[^/]+/(.*)\\.in$" "\\1" path ${file})
  string(APPEND entries "      {\"${set}\", \"${path}\", R\"__template__(${text})__template__\"},\n")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${FOLDER}/${file})
endforeach()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT
"#include \"host/lifecycle/new_project.h\"

namespace connhost {

const std::vector<TemplateFile>& TemplateFiles() {
  static const std::vector<TemplateFile> files = {
@entries@  };
  return files;
}

}  // namespace connhost
")
