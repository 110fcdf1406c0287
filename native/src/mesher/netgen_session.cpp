#include "mesher/netgen_session.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include <BRepTools.hxx>
#include <BRep_Builder.hxx>
#include <TopoDS_Compound.hxx>

#include "common/errors.hpp"
#include "mesher/messages.hpp"
#include "mesher/refinement_points.hpp"
#include "mesher/surface_watch.hpp"
#include "mesher/topology_ties.hpp"
#include "mesher/vol_file.hpp"

#define OCCGEOMETRY
namespace nglib {
#include <netgen/nglib.h>
}

namespace artificer::mesher {

namespace {

/** A folder of this process's own, gone with it. */
class TemporaryFolder {
 public:
  TemporaryFolder() {
    path_ = std::filesystem::temp_directory_path() / ("artificer-mesher-" + std::to_string(getpid()));
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/** Netgen is started once a process and never ended: Ng_Exit is of no use to a program about to leave. */
void startNetgen() {
  static const bool started = (nglib::Ng_Init(), true);
  (void)started;
}

struct MeshDeleter {
  void operator()(nglib::Ng_Mesh* mesh) const { nglib::Ng_DeleteMesh(mesh); }
};
struct GeometryDeleter {
  void operator()(nglib::Ng_OCC_Geometry* geometry) const { nglib::Ng_OCC_DeleteGeometry(geometry); }
};

nglib::Ng_Meshing_Parameters parametersOf(const Attempt& attempt) {
  nglib::Ng_Meshing_Parameters parameters;
  parameters.maxh = attempt.maxSize;
  parameters.minh = attempt.minSize;
  parameters.grading = attempt.grading;
  parameters.elementspercurve = attempt.elementsPerCurvature;
  parameters.elementsperedge = attempt.elementsPerEdge;
  parameters.second_order = 0;  // midside nodes are placed by second_order.cpp
  parameters.optsteps_2d = attempt.surfaceSteps;
  parameters.optsteps_3d = attempt.volumeSteps;
  parameters.optsurfmeshenable = attempt.surfaceSteps > 0;
  parameters.optvolmeshenable = attempt.volumeSteps > 0;
  return parameters;
}

[[noreturn]] void fail(const std::string& what) {
  throw CoreError("meshing-failed", what, "Try a smaller element size, or repair the geometry.");
}

}  // namespace

LinearMesh meshGroup(const Geometry& geometry, const std::vector<int>& group, const Attempt& attempt,
                     const std::vector<Refinement>& refinements, double from, double to) {
  const auto progress = [&](const char* stage, double share) { sendProgress(stage, from + share * (to - from)); };
  startNetgen();
  const TemporaryFolder folder;
  TopoDS_Compound compound;
  BRep_Builder builder;
  builder.MakeCompound(compound);
  for (const int solid : group) builder.Add(compound, geometry.solids[solid]);
  const std::string brep = folder.file("group.brep"), vol = folder.file("group.vol");
  if (!BRepTools::Write(compound, brep.c_str())) fail("The temporary folder could not be written to.");

  try {
    const std::unique_ptr<nglib::Ng_OCC_Geometry, GeometryDeleter> loaded(nglib::Ng_OCC_Load_BREP(brep.c_str()));
    if (!loaded) fail("Netgen could not load the geometry.");
    const std::unique_ptr<nglib::Ng_Mesh, MeshDeleter> mesh(nglib::Ng_NewMesh());
    auto parameters = parametersOf(attempt);

    progress("element sizes", 0);
    if (nglib::Ng_OCC_SetLocalMeshSize(loaded.get(), mesh.get(), &parameters) != nglib::NG_OK)
      fail("The element sizes could not be set.");
    for (const auto& wish : refinementPoints(geometry, refinements)) {
      double point[3] = {wish.point.X(), wish.point.Y(), wish.point.Z()};
      nglib::Ng_RestrictMeshSizePoint(mesh.get(), point, std::max(wish.size, attempt.minSize));
    }
    progress("edge mesh", 0.05);
    if (nglib::Ng_OCC_GenerateEdgeMesh(loaded.get(), mesh.get(), &parameters) != nglib::NG_OK)
      fail("The edges could not be meshed.");
    progress("surface mesh", 0.1);
    {
      // Netgen counts each of its passes anew; what is told only advances.
      double furthest = 0;
      const SurfaceWatch watch([&](double share) {
        furthest = std::max(furthest, std::min(share, 1.0));
        progress("surface mesh", 0.1 + 0.2 * furthest);
      });
      const auto meshed = nglib::Ng_OCC_GenerateSurfaceMesh(loaded.get(), mesh.get(), &parameters);
      if (watch.stopped()) fail("The surface mesh of a face could not be closed.");
      if (meshed != nglib::NG_OK) fail("The surfaces could not be meshed.");
    }
    progress("volume mesh", 0.3);
    if (nglib::Ng_GenerateVolumeMesh(mesh.get(), &parameters) != nglib::NG_OK || nglib::Ng_GetNE(mesh.get()) == 0)
      fail("The volume could not be filled.");
    progress("volume mesh", 1);

    nglib::Ng_SaveMesh(mesh.get(), vol.c_str());
    auto linear = readVolFile(vol);
    // The file rounds coordinates; the mesh itself does not.
    for (std::size_t i = 0; i < linear.points.size(); i++) {
      double x[3];
      nglib::Ng_GetPoint(mesh.get(), static_cast<int>(i) + 1, x);
      linear.points[i].SetCoord(x[0], x[1], x[2]);
    }
    keepUsedPoints(linear);
    tieToGeometry(geometry, group, compound, linear);
    return linear;
  } catch (const CoreError&) {
    throw;
  } catch (const std::exception& error) {
    fail(std::string("Netgen gave up: ") + error.what());
  } catch (...) {
    fail("Netgen gave up without saying why.");
  }
}

}  // namespace artificer::mesher
