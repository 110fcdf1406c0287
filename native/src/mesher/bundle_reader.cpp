#include "mesher/bundle_reader.hpp"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>

#include "common/errors.hpp"
#include "mesher/json.hpp"

namespace artificer::mesher {

namespace {

[[noreturn]] void refuse(const std::string& what) { throw CoreError("bad-mesh", "The mesh could not be read: " + what); }

class BundleReader {
 public:
  explicit BundleReader(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) refuse(path);
    bytes_.assign(std::istreambuf_iterator<char>(file), {});
    if (bytes_.size() < 12 || std::memcmp(bytes_.data(), "ARTBNDL1", 8) != 0) refuse("it is no bundle");
    std::uint32_t length = 0;
    for (int i = 0; i < 4; i++) length |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[8 + i])) << 8 * i;
    start_ = 12 + static_cast<std::size_t>(length);
    if (start_ > bytes_.size()) refuse("its header is cut off");
    header_ = parseJson(std::string(bytes_.data() + 12, length));
    if (!header_.isObject() || header_.find("arrays") == nullptr) refuse("its header is wrong");
  }

  template <typename T>
  std::vector<T> read(const std::string& name) const {
    const std::string type = sizeof(T) == 8 ? "f64" : "i32";
    for (const auto& entry : header_.find("arrays")->array("arrays")) {
      const Json* own = entry.find("name");
      const Json* kind = entry.find("type");
      if (own == nullptr || kind == nullptr || !std::holds_alternative<std::string>(own->value) ||
          !std::holds_alternative<std::string>(kind->value) || std::get<std::string>(own->value) != name)
        continue;
      if (std::get<std::string>(kind->value) != type) refuse(name + " has the wrong type");
      const double offset = entry.find("offset") ? entry.find("offset")->number("offset") : -1;
      const double count = entry.find("length") ? entry.find("length")->number("length") : -1;
      const double room = static_cast<double>(bytes_.size() - start_);
      if (offset < 0 || count < 0 || offset + count * sizeof(T) > room) refuse(name + " is cut off");
      std::vector<T> values(static_cast<std::size_t>(count));
      if (!values.empty())
        std::memcpy(values.data(), bytes_.data() + start_ + static_cast<std::size_t>(offset), values.size() * sizeof(T));
      return values;
    }
    refuse(name + " is missing");
  }

 private:
  std::vector<char> bytes_;
  std::size_t start_ = 0;
  Json header_;
};

void requireNodes(const std::vector<int>& list, std::size_t nodeCount, int smallest, const char* name) {
  for (const int node : list)
    if (node < smallest || (node >= 0 && static_cast<std::size_t>(node) >= nodeCount))
      refuse(std::string(name) + " names a node that is not there");
}

}  // namespace

SurfaceBundle readSurfaceBundle(const std::string& path) {
  const BundleReader reader(path);
  SurfaceBundle mesh;
  mesh.nodes = reader.read<double>("nodes");
  mesh.facets = reader.read<int>("facets");
  mesh.facetFace = reader.read<int>("facetFace");
  const auto count = mesh.nodes.size() / 3;
  if (mesh.facets.size() != 6 * mesh.facetFace.size()) refuse("facets and facetFace differ");
  requireNodes(mesh.facets, count, 0, "facets");
  const auto offsets = reader.read<int>("edgeOffsets"), nodes = reader.read<int>("edgeNodes");
  requireNodes(nodes, count, 0, "edgeNodes");
  for (std::size_t edge = 0; edge + 1 < offsets.size(); edge++) {
    if (offsets[edge] < 0 || offsets[edge] > offsets[edge + 1] || static_cast<std::size_t>(offsets[edge + 1]) > nodes.size())
      refuse("edgeOffsets is not ascending");
    mesh.edgeNodes.emplace_back(nodes.begin() + offsets[edge], nodes.begin() + offsets[edge + 1]);
  }
  const auto first = reader.read<int>("vertexNodes");
  requireNodes(first, count, -1, "vertexNodes");
  for (const int node : first) mesh.vertexNodes.push_back(node < 0 ? std::vector<int>{} : std::vector<int>{node});
  return mesh;
}

}  // namespace artificer::mesher
