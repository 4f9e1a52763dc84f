#!/usr/bin/env bash
# The contract on Windows, as far as a cross-compiler can tell: the headers compile, the CMake package
# builds the documented example and two plugins in plain C as .dll files, and these export the one
# symbol and import nothing but the system. Nothing is run. Not part of the everyday tests.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD target=x86_64-w64-mingw32
for tool in gcc-posix g++-posix objdump; do
  if ! command -v "$target-$tool" >/dev/null; then
    echo "expected $target-$tool on the PATH, found none: apt-get install g++-mingw-w64-x86-64-posix" >&2
    exit 1
  fi
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
warnings=(-Wall -Wextra -Wconversion -Wshadow -Werror -fsyntax-only)

echo '== the header as C99, and each header of the SDK by itself as C++17'
for include in "$root/plugin-api/include" "$root/tests/plugin-api/frozen/1.0"; do
  echo '#include <connhost/plugin.h>' |
    "$target-gcc-posix" -std=c99 -pedantic-errors "${warnings[@]}" -I "$include" -x c -
done
for header in "$root"/plugin-api/include/connhost/*; do
  case $header in */conformance.hpp) continue ;; esac # needs GoogleTest, for the tests of connectors
  echo "#include <connhost/$(basename "$header")>" |
    "$target-g++-posix" -std=c++17 -pedantic-errors "${warnings[@]}" -I "$root/plugin-api/include" -x c++ -
done

echo '== plugins through the CMake package'
# build FOLDER OPTION...: configures and builds the project FOLDER.
build() {
  local build
  build=$scratch/$(basename "$1")-build
  cmake -S "$1" -B "$build" -DCMAKE_TOOLCHAIN_FILE="$root/tests/plugin-api/mingw.cmake" \
    -DCMAKE_BUILD_TYPE=Release -DCONNHOST_CONNECTORS_DIR="$scratch/connectors" "${@:2}" >/dev/null
  cmake --build "$build" >/dev/null
}
build "$root/plugin-api"
package=-Dconnhost-plugin-api_DIR=$scratch/prefix/lib/cmake/connhost-plugin-api
cmake --install "$scratch/plugin-api-build" --prefix "$scratch/prefix" >/dev/null
build "$root/docs/examples/passwd" "$package"
mkdir "$scratch/fixtures"
cat >"$scratch/fixtures/CMakeLists.txt" <<CMAKE
cmake_minimum_required(VERSION 3.20)
project(fixtures LANGUAGES C CXX)
find_package(connhost-plugin-api REQUIRED)
set(frozen $root/tests/plugin-api/frozen/1.0)
foreach(role source destination)
  connhost_add_plugin(frozen-\${role}
    SOURCES \${frozen}/\${role}_fixture.c MANIFEST \${frozen}/\${role}_fixture.yaml)
endforeach()
CMAKE
build "$scratch/fixtures" "$package"

echo '== what each .dll exports and imports'
for name in passwd frozen-source frozen-destination; do
  library=$scratch/connectors/$name/lib/$name.dll
  "$target-objdump" -p "$library" >"$scratch/headers"
  exports=$(sed -n '/Ordinal\/Name Pointer. Table/,/^$/s/^\t\[ *[0-9]*\] //p' "$scratch/headers")
  imports=$(sed -n 's/^.*DLL Name: //p' "$scratch/headers" | sort)
  echo "$name.dll: exports" $exports, imports $imports
  if [ "$exports" != connhost_plugin_v1 ]; then
    echo "expected $name.dll to export connhost_plugin_v1 alone, found:" $exports >&2
    exit 1
  fi
  if grep -Evx 'KERNEL32\.dll|msvcrt\.dll' <<<"$imports" >&2; then
    echo "expected $name.dll to import KERNEL32.dll and msvcrt.dll alone, found the above" >&2
    exit 1
  fi
done
echo '== all as expected'
