#pragma once

#include <vector>

#include "elasticity/static_model.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/** Which nodes have skewed axes, and the turns between them and the global axes. */
class FrameTable {
 public:
  FrameTable() = default;
  FrameTable(int nodeCount, const std::vector<NodeFrame>& frames) {
    if (frames.empty()) return;
    indexOf_.assign(nodeCount, -1);
    for (const auto& frame : frames) {
      indexOf_[frame.node] = static_cast<int>(axes_.size());
      axes_.push_back(frame.axes);
    }
  }

  bool empty() const { return axes_.empty(); }
  bool has(int node) const { return !axes_.empty() && indexOf_[node] >= 0; }
  /** Rows are the local axes: local = axes * global. Only for nodes that have a frame. */
  const Eigen::Matrix3d& axes(int node) const { return axes_[indexOf_[node]]; }
  Eigen::Matrix3d axesOrIdentity(int node) const { return has(node) ? axes(node) : Eigen::Matrix3d::Identity(); }

  void toLocal(Vector& values) const {
    turn(values, [](const Eigen::Matrix3d& axes, const Eigen::Vector3d& v) -> Eigen::Vector3d { return axes * v; });
  }
  void toGlobal(Vector& values) const {
    turn(values, [](const Eigen::Matrix3d& axes, const Eigen::Vector3d& v) -> Eigen::Vector3d {
      return axes.transpose() * v;
    });
  }

 private:
  template <typename Turn>
  void turn(Vector& values, Turn apply) const {
    for (std::size_t node = 0; node < indexOf_.size(); node++) {
      if (indexOf_[node] < 0) continue;
      const Eigen::Vector3d v = values.segment<3>(3 * node);
      values.segment<3>(3 * node) = apply(axes_[indexOf_[node]], v);
    }
  }

  std::vector<int> indexOf_;
  std::vector<Eigen::Matrix3d> axes_;
};

}  // namespace artificer
