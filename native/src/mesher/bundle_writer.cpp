#include "mesher/bundle_writer.hpp"

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "common/errors.hpp"
#include "mesher/json.hpp"

namespace artificer::mesher {

namespace {

constexpr std::size_t aligned(std::size_t bytes) { return (bytes + 7) & ~std::size_t{7}; }

/** Gathers arrays and their entries in the header. */
class Bundle {
 public:
  template <typename T>
  void add(const char* name, const std::vector<T>& values) {
    static_assert(sizeof(T) == 8 || sizeof(T) == 4);
    if (!entries_.empty()) entries_ += ',';
    entries_ += "{\"name\":" + quoted(name) + ",\"type\":\"" + (sizeof(T) == 8 ? "f64" : "i32") +
                "\",\"offset\":" + std::to_string(data_.size()) + ",\"length\":" + std::to_string(values.size()) + "}";
    const std::size_t start = data_.size(), bytes = values.size() * sizeof(T);
    data_.resize(aligned(start + bytes));
    if (bytes > 0) std::memcpy(&data_[start], values.data(), bytes);
  }

  void write(std::ostream& out, const std::string& meta) const {
    std::string header = "{\"meta\":" + meta + ",\"arrays\":[" + entries_ + "]}";
    header.resize(aligned(12 + header.size()) - 12, ' ');
    const auto length = static_cast<std::uint32_t>(header.size());
    out.write("ARTBNDL1", 8);
    for (int shift = 0; shift < 32; shift += 8) out.put(static_cast<char>(length >> shift & 0xff));
    out << header;
    out.write(data_.data(), static_cast<std::streamsize>(data_.size()));
  }

 private:
  std::string entries_;
  std::vector<char> data_;
};

void addLists(Bundle& bundle, const char* offsetsName, const char* nodesName, const std::vector<std::vector<int>>& lists) {
  std::vector<int> offsets{0}, nodes;
  for (const auto& list : lists) {
    nodes.insert(nodes.end(), list.begin(), list.end());
    offsets.push_back(static_cast<int>(nodes.size()));
  }
  bundle.add(offsetsName, offsets);
  bundle.add(nodesName, nodes);
}

/** Written beside its place and moved there, so that no half of a mesh is ever found under the name. */
void writeWhole(const std::string& path, const Bundle& bundle, const std::string& meta) {
  const std::string unfinished = path + ".unfinished";
  {
    std::ofstream out(unfinished, std::ios::binary);
    bundle.write(out, meta);
    out.flush();
    if (!out) throw CoreError("not-written", "The mesh could not be written: " + path, "Check the free space.");
  }
  std::error_code error;
  std::filesystem::rename(unfinished, path, error);
  if (error) throw CoreError("not-written", "The mesh could not be written: " + path, error.message());
}

}  // namespace

void writeBundle(const std::string& path, const QuadraticMesh& mesh, const std::string& meta) {
  Bundle bundle;
  bundle.add("nodes", mesh.nodes);
  bundle.add("elements", mesh.elements);
  bundle.add("elementSolid", mesh.elementSolid);
  bundle.add("facets", mesh.facets);
  bundle.add("facetFace", mesh.facetFace);
  bundle.add("facetElement", mesh.facetElement);
  bundle.add("facetOtherElement", mesh.facetOtherElement);
  addLists(bundle, "edgeOffsets", "edgeNodes", mesh.edgeNodes);
  // Most often a vertex has one node; it has one in each unconnected group of solids that meets there.
  std::vector<int> first;
  for (const auto& nodes : mesh.vertexNodes) first.push_back(nodes.empty() ? -1 : nodes.front());
  bundle.add("vertexNodes", first);
  addLists(bundle, "vertexNodeOffsets", "vertexNodeLists", mesh.vertexNodes);

  writeWhole(path, bundle, meta);
}

void writeArrays(const std::string& path, const std::vector<double>& nodes, const std::vector<int>& surface,
                 const std::string& meta) {
  Bundle bundle;
  bundle.add("nodes", nodes);
  bundle.add("surface", surface);
  writeWhole(path, bundle, meta);
}

}  // namespace artificer::mesher
