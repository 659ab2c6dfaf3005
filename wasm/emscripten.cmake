# Toolchain file: C to WebAssembly by the emcc on the PATH. Emscripten ships one of its own in a place that differs from
# one installation to the next, for programs far larger than this; a standalone module needs no more than this.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_C_COMPILER emcc)
set(CMAKE_AR emar CACHE FILEPATH "")
set(CMAKE_RANLIB emranlib CACHE FILEPATH "")
# A test program would need an entry and a way to run it.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(EMSCRIPTEN TRUE)
