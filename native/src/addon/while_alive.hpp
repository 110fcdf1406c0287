#pragma once

#include <napi.h>

namespace artificer {

/**
 * Runs a call of a progress callback. An environment that is being torn down (a cancelled worker, a process that was told to
 * end) refuses to run JavaScript, and what it throws then must not end the process: progress is all that is lost.
 */
template <typename Call>
void whileAlive(Call call) {
  try {
    call();
  } catch (const Napi::Error&) {
    // Nobody is left to be told.
  }
}

}  // namespace artificer
