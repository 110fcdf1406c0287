/**
 * artificer-mesher IN.brep OUT.bin OPTIONS.json
 * artificer-mesher --morph OLD.brep MESH.bin NEW.brep OUT.bin CORRESPONDENCE.json
 *
 * Fills the solids of a BREP file with second-order tetrahedra, or moves such a mesh's surface onto changed geometry. A program of its own, because the mesher underneath may
 * crash or hang: its caller ends it and goes on. Exit codes: 0 done, 1 refused (one JSON line says why), anything else a
 * crash.
 */
#include <exception>
#include <new>
#include <string>

#include <Standard_Failure.hxx>

#include "common/errors.hpp"
#include "mesher/mesh_job.hpp"
#include "mesher/messages.hpp"
#include "mesher/morph.hpp"

int main(int count, char** arguments) {
  using namespace artificer;
  mesher::claimStandardOutput();
  try {
    if (count == 7 && std::string(arguments[1]) == "--morph") {
      mesher::sendLine(mesher::runMorphJob(arguments[2], arguments[3], arguments[4], arguments[5], arguments[6]));
      return 0;
    }
    if (count != 4)
      throw CoreError("bad-options", "Three arguments are needed.", "artificer-mesher IN.brep OUT.bin OPTIONS.json");
    mesher::sendLine(mesher::runMeshJob(arguments[1], arguments[2], mesher::readOptions(arguments[3])));
    return 0;
  } catch (const CoreError& error) {
    mesher::sendError(error.code(), error.what(), error.hint());
  } catch (const Standard_Failure& failure) {
    mesher::sendError("geometry-failed", failure.GetMessageString() != nullptr ? failure.GetMessageString() : "",
                      "Repair the geometry.");
  } catch (const std::bad_alloc&) {
    mesher::sendError("out-of-memory", "There is not enough memory for this mesh.", "Use a larger element size.");
  } catch (const std::exception& error) {
    mesher::sendError("meshing-failed", error.what(), "");
  }
  return 1;
}
