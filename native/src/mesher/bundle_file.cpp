#include "mesher/bundle_file.hpp"

#include <cstdint>
#include <fstream>
#include <vector>

#include "common/errors.hpp"
#include "mesher/json.hpp"

namespace artificer::mesher {

namespace {

struct Entry {
  const char* name;
  const char* type;
  const void* data;
  std::size_t length, bytes;
};

Entry entryOf(const char* name, const std::vector<double>& values) {
  return {name, "f64", values.data(), values.size(), values.size() * sizeof(double)};
}
Entry entryOf(const char* name, const std::vector<int>& values) {
  return {name, "i32", values.data(), values.size(), values.size() * sizeof(int)};
}

std::size_t align8(std::size_t n) { return (n + 7) & ~std::size_t{7}; }

}  // namespace

void writeBundle(const std::string& path, const VolumeMesh& mesh, const std::string& metaJson) {
  const std::vector<Entry> entries{
      entryOf("nodes", mesh.nodes),           entryOf("elements", mesh.elements),
      entryOf("elementSolid", mesh.elementSolid), entryOf("facets", mesh.facets),
      entryOf("facetFace", mesh.facetFace),   entryOf("edgeOffsets", mesh.edgeOffsets),
      entryOf("edgeNodes", mesh.edgeNodes),   entryOf("vertexNodes", mesh.vertexNodes)};
  std::string header = "{\"meta\":" + metaJson + ",\"arrays\":[";
  std::size_t offset = 0;
  for (const auto& entry : entries) {
    if (offset > 0 || &entry != entries.data()) header += ",";
    header += "{\"name\":" + quoted(entry.name) + ",\"type\":" + quoted(entry.type) + ",\"offset\":" +
              std::to_string(offset) + ",\"length\":" + std::to_string(entry.length) + "}";
    offset = align8(offset + entry.bytes);
  }
  header += "]}";
  header.resize(align8(12 + header.size()) - 12, ' ');

  std::ofstream file(path, std::ios::binary);
  const auto length = static_cast<std::uint32_t>(header.size());
  file.write("ARTBNDL1", 8);
  file.write(reinterpret_cast<const char*>(&length), 4);
  file.write(header.data(), static_cast<std::streamsize>(header.size()));
  constexpr char PADDING[8] = {};
  for (const auto& entry : entries) {
    file.write(static_cast<const char*>(entry.data), static_cast<std::streamsize>(entry.bytes));
    file.write(PADDING, static_cast<std::streamsize>(align8(entry.bytes) - entry.bytes));
  }
  file.close();
  if (!file) throw CoreError("cannot-write", "The mesh could not be written.", "Free some space on the disk.");
}

}  // namespace artificer::mesher
