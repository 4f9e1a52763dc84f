# Every library this project takes from the system, in one place. The Debian 12 package of each is
# named in packaging/debian-packages.txt, which the set-up script installs.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(GTest REQUIRED)
set(Boost_USE_STATIC_LIBS ON)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)

# The program carries its libraries: one file to install, and little to relocate at each start.
# connhost_static(NAME MODULE): the target NAME for the lib*.a of a pkg-config module.
function(connhost_static name module)
  pkg_check_modules(${name} REQUIRED ${module})
  list(GET ${name}_LIBRARIES 0 library)
  find_library(${name}_archive lib${library}.a HINTS ${${name}_LIBDIR} REQUIRED)
  add_library(${name} STATIC IMPORTED GLOBAL)
  set_target_properties(${name} PROPERTIES IMPORTED_LOCATION ${${name}_archive}
    INTERFACE_INCLUDE_DIRECTORIES "${${name}_INCLUDE_DIRS}")
endfunction()
connhost_static(static_sqlite3 sqlite3>=3.40)
connhost_static(static_yaml yaml-cpp>=0.7)
connhost_static(static_re2 re2)
connhost_static(static_seccomp libseccomp>=2.5)
connhost_static(static_sodium libsodium>=1.0.18)
find_library(CRYPTO_STATIC libcrypto.a REQUIRED)  # of libssl-dev 3.0, see base/hash.cpp

# Of the system: libarchive brings too many others to be carried, and connectors have their own needs.
pkg_check_modules(archive REQUIRED IMPORTED_TARGET libarchive>=3.6)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl>=7.88)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd>=1.5)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(simdjson REQUIRED IMPORTED_TARGET simdjson>=3.0)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash>=0.8)
