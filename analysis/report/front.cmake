# Puts the built interactive part of the report into the program: front/dist/report.js and report.css become a source file.
# No node is needed for that; `npm run build` in front/ makes the two files anew.

set(front ${PROJECT_SOURCE_DIR}/analysis/report/front/dist)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${front}/report.js ${front}/report.css)

# A function that returns the text of a file. Compilers need not take literals beyond 64 KiB, so it stands in pieces.
function(peerlab_text_function result name file)
  file(READ ${file} text)
  string(LENGTH "${text}" length)
  set(body "")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 15000 piece)
    string(APPEND body "  text += R\"peerlab(${piece})peerlab\";\n")
    math(EXPR at "${at} + 15000")
  endwhile()
  set(${result} "std::string ${name}() {\n  std::string text;\n${body}  return text;\n}\n" PARENT_SCOPE)
endfunction()

peerlab_text_function(script front_script ${front}/report.js)
peerlab_text_function(style front_style ${front}/report.css)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/front.cpp CONTENT [[
#include "analysis/report/front.h"

namespace peerlab {

@script@
@style@
}  // namespace peerlab
]] @ONLY)
target_sources(peerlab_analysis_report PRIVATE ${PROJECT_BINARY_DIR}/front.cpp)
