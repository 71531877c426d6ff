// Loops over directions and lanes that are written out, so that populations stay in registers. Not under the
// sanitizers: they check every access, and would take many minutes to compile what is written out.
#pragma once

#define PROTOLITH_FLOW_PRAGMA(text) _Pragma(#text)
#if defined(__SANITIZE_ADDRESS__)
#define PROTOLITH_UNROLL(count)
#else
#define PROTOLITH_UNROLL(count) PROTOLITH_FLOW_PRAGMA(GCC unroll count)
#endif
