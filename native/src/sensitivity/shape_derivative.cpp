#include "sensitivity/shape_derivative.hpp"

#include <algorithm>
#include <cmath>

#include "common/errors.hpp"
#include "elasticity/element_stiffness.hpp"

namespace artificer {

namespace {

/** The engineering strain of a displacement gradient. */
Tensor strainOfGradient(const Eigen::Matrix3d& h) {
  Tensor strain;
  strain << h(0, 0), h(1, 1), h(2, 2), h(0, 1) + h(1, 0), h(1, 2) + h(2, 1), h(2, 0) + h(0, 2);
  return strain;
}

/** Stress of a displacement gradient: with what the temperature adds, and without. */
Eigen::Matrix3d stressOf(const PointMaterial& material, const Eigen::Matrix3d& gradient) {
  return stressMatrix(material.stressOf(strainOfGradient(gradient)));
}
Eigen::Matrix3d elasticStress(const PointMaterial& material, const Eigen::Matrix3d& gradient) {
  return stressMatrix(material.elasticity.stress(strainOfGradient(gradient)));
}

void scatter(Vector& out, const int* nodes, const tet10::Coordinates& values) {
  for (int a = 0; a < tet10::NODES; a++) out.segment<3>(3 * nodes[a]) += values.row(a).transpose();
}

/** Walks over elements with their geometry: visit(element, nodes, geometry). */
template <typename Visit>
void forElements(const StaticModel& model, Visit visit) {
  for (int e = 0; e < model.elementCount(); e++) {
    const int* nodes = model.element(e);
    visit(e, nodes, elementGeometry(tet10::gather(model.nodes.data(), nodes)));
  }
}

}  // namespace

Vector internalWorkGradient(const StaticModel& model, const Vector& displacement, const Vector& adjoint) {
  Vector out = Vector::Zero(displacement.size());
  forElements(model, [&](int e, const int* nodes, const ElementGeometry& geometry) {
    const auto u = tet10::gather(displacement.data(), nodes);
    const auto l = tet10::gather(adjoint.data(), nodes);
    tet10::Coordinates sum = tet10::Coordinates::Zero();
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
      const auto& g = geometry.gradients[q];
      const Eigen::Matrix3d gradU = u.transpose() * g, gradL = l.transpose() * g;
      const auto material = materialAt(model, e, gaussShapes()[q]);
      const Eigen::Matrix3d stress = stressOf(material, gradU);
      const Eigen::Matrix3d adjointStress = elasticStress(material, gradL);
      const double work = stress.cwiseProduct(gradL).sum();
      const Eigen::Matrix3d eshelby = adjointStress * gradU + stress * gradL;
      sum += geometry.weight[q] * (work * g - g * eshelby);
    }
    scatter(out, nodes, sum);
  });
  return out;
}

namespace {

/** Calls visit(nodes, gradient of the shape functions, weight with det J and density, a . b) at the points of the fine rule. */
template <typename Visit>
void forMassPoints(const StaticModel& model, const Vector& a, const Vector& b, Visit visit) {
  const auto& rule = tet10::conicalRule();
  for (int e = 0; e < model.elementCount(); e++) {
    const double density = model.materialOf(e).density();
    if (density == 0) continue;
    const int* nodes = model.element(e);
    const auto x = tet10::gather(model.nodes.data(), nodes);
    const auto va = tet10::gather(a.data(), nodes), vb = tet10::gather(b.data(), nodes);
    for (std::size_t q = 0; q < rule.point.size(); q++) {
      const auto local = tet10::localGradients(rule.point[q]);
      const Eigen::Matrix3d jacobian = tet10::jacobian(x, local);
      const auto shape = tet10::shape(rule.point[q]);
      const Eigen::Vector3d atA = va.transpose() * shape, atB = vb.transpose() * shape;
      visit(nodes, local, jacobian, density * jacobian.determinant() * rule.weight[q], atA.dot(atB));
    }
  }
}

}  // namespace

Vector massWorkGradient(const StaticModel& model, const Vector& a, const Vector& b) {
  Vector out = Vector::Zero(static_cast<Eigen::Index>(model.nodes.size()));
  forMassPoints(model, a, b, [&](const int* nodes, const tet10::Gradients& local, const Eigen::Matrix3d& jacobian,
                                 double weight, double product) {
    const tet10::Coordinates values = weight * product * (local * jacobian.inverse());
    scatter(out, nodes, values);
  });
  return out;
}

double massWork(const StaticModel& model, const Vector& a, const Vector& b) {
  double sum = 0;
  forMassPoints(model, a, b, [&](const int*, const tet10::Gradients&, const Eigen::Matrix3d&, double weight,
                                 double product) { sum += weight * product; });
  return sum;
}

Differentiated geometricWork(const StaticModel& model, const Vector& displacement, const Vector& mode) {
  Differentiated result;
  result.byDisplacement = Vector::Zero(displacement.size());
  result.byNodes = Vector::Zero(displacement.size());
  forElements(model, [&](int e, const int* nodes, const ElementGeometry& geometry) {
    const auto u = tet10::gather(displacement.data(), nodes);
    const auto phi = tet10::gather(mode.data(), nodes);
    tet10::Coordinates byU = tet10::Coordinates::Zero(), byX = tet10::Coordinates::Zero();
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
      const auto& g = geometry.gradients[q];
      const double w = geometry.weight[q];
      const Eigen::Matrix3d gradU = u.transpose() * g, gradPhi = phi.transpose() * g;
      const auto material = materialAt(model, e, gaussShapes()[q]);
      const Eigen::Matrix3d stress = stressOf(material, gradU);
      const Eigen::Matrix3d products = gradPhi.transpose() * gradPhi;
      const Eigen::Matrix3d response = elasticStress(material, products);
      const double work = stress.cwiseProduct(products).sum();
      result.value += w * work;
      byU += w * (g * response);
      byX += w * (work * g - g * (response * gradU + 2 * stress * products));
    }
    scatter(result.byDisplacement, nodes, byU);
    scatter(result.byNodes, nodes, byX);
  });
  return result;
}

namespace {

/** von Mises stress and its derivative by the stress, as a symmetric matrix. */
double equivalent(const Eigen::Matrix3d& stress, Eigen::Matrix3d& derivative) {
  const Eigen::Matrix3d deviator = stress - stress.trace() / 3 * Eigen::Matrix3d::Identity();
  const double value = std::sqrt(1.5 * deviator.squaredNorm());
  derivative = value > 0 ? Eigen::Matrix3d(1.5 / value * deviator) : Eigen::Matrix3d::Zero();
  return value;
}

}  // namespace

StressAggregate stressAggregate(const StaticModel& model, const Vector& displacement, double exponent,
                                const std::vector<char>& leftOut) {
  if (!(exponent >= 1 && exponent <= 1000)) throw CoreError("bad-model", "the exponent must lie between 1 and 1000");
  StressAggregate result;
  result.byDisplacement = Vector::Zero(displacement.size());
  result.byNodes = Vector::Zero(displacement.size());
  std::vector<double> values(static_cast<std::size_t>(tet10::GAUSS_POINTS) * model.elementCount(), -1);
  const auto isOut = [&](int e) { return !leftOut.empty() && leftOut[e] != 0; };
  Eigen::Matrix3d derivative;
  const auto stressAt = [&](int e, const int* nodes, const ElementGeometry& geometry, int q) {
    const Eigen::Matrix3d gradU = tet10::gather(displacement.data(), nodes).transpose() * geometry.gradients[q];
    return stressOf(materialAt(model, e, gaussShapes()[q]), gradU);
  };
  forElements(model, [&](int e, const int* nodes, const ElementGeometry& geometry) {
    if (isOut(e)) return;
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
      const double value = equivalent(stressAt(e, nodes, geometry, q), derivative);
      values[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q] = value;
      if (result.element >= 0 && value <= result.maximum) continue;
      result.maximum = value;
      result.element = e;
    }
  });
  if (result.element < 0)
    throw CoreError("bad-model", "Every element is left out of the stress aggregate.",
                    "Refine the mesh, or choose a probe instead.");
  if (!(result.maximum > 0)) return result;

  // Scaled by the maximum, so that no power overflows.
  double sum = 0;
  for (const double value : values)
    if (value >= 0) sum += std::pow(value / result.maximum, exponent);
  result.value = result.maximum * std::pow(sum, 1 / exponent);
  forElements(model, [&](int e, const int* nodes, const ElementGeometry& geometry) {
    if (isOut(e)) return;
    const auto u = tet10::gather(displacement.data(), nodes);
    tet10::Coordinates byU = tet10::Coordinates::Zero(), byX = tet10::Coordinates::Zero();
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
      const auto& g = geometry.gradients[q];
      const double value = values[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q];
      const double weight = std::pow(value / result.value, exponent - 1);
      if (weight < 1e-300) continue;
      equivalent(stressAt(e, nodes, geometry, q), derivative);
      const Eigen::Matrix3d byGradient = weight * elasticStress(materialAt(model, e, gaussShapes()[q]), derivative);
      byU += g * byGradient;
      byX -= g * (byGradient * (u.transpose() * g));
    }
    scatter(result.byDisplacement, nodes, byU);
    scatter(result.byNodes, nodes, byX);
  });
  return result;
}

}  // namespace artificer
