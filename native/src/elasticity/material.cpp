#include "elasticity/material.hpp"

#include <algorithm>
#include <cmath>

#include "common/errors.hpp"

namespace artificer {

namespace {

/** Tensor indices of the six components. */
constexpr int FIRST[6] = {0, 1, 2, 0, 1, 2};
constexpr int SECOND[6] = {0, 1, 2, 1, 2, 0};

/** T of strain' = T strain for strain' = R eps R^T, both with engineering shear. */
Matrix6 strainTurn(const Eigen::Matrix3d& r) {
  Matrix6 turn;
  for (int to = 0; to < 6; to++)
    for (int from = 0; from < 6; from++) {
      const int i = FIRST[to], j = SECOND[to], k = FIRST[from], l = SECOND[from];
      // A shear stands for two entries of the tensor, and is twice each of them.
      const double term = from < 3 ? r(i, k) * r(j, k) : 0.5 * (r(i, k) * r(j, l) + r(i, l) * r(j, k));
      turn(to, from) = to < 3 ? term : 2 * term;
    }
  return turn;
}

/** Compliance of the direct components in the material's own axes. */
Eigen::Matrix3d directCompliance(const ElasticConstants& c) {
  Eigen::Matrix3d s;
  const double xy = -c.poisson[0] / c.young[0], yz = -c.poisson[1] / c.young[1], zx = -c.poisson[2] / c.young[2];
  s << 1 / c.young[0], xy, zx, xy, 1 / c.young[1], yz, zx, yz, 1 / c.young[2];
  return s;
}

bool alike(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b)); }

}  // namespace

ElasticConstants ElasticConstants::isotropic(double young, double poisson, double expansion) {
  const double shear = young / (2 * (1 + poisson));
  return {Eigen::Vector3d::Constant(young), Eigen::Vector3d::Constant(poisson), Eigen::Vector3d::Constant(shear),
          Eigen::Vector3d::Constant(expansion)};
}

bool ElasticConstants::isIsotropic() const {
  for (int i = 0; i < 3; i++)
    if (!alike(young[i], young[0]) || !alike(poisson[i], poisson[0]) || !alike(expansion[i], expansion[0]) ||
        !alike(shear[i], young[0] / (2 * (1 + poisson[0]))))
      return false;
  return true;
}

Elasticity Elasticity::isotropic(double young, double poisson) {
  Elasticity built;
  built.young_ = young;
  built.poisson_ = poisson;
  built.lambda_ = young * poisson / ((1 + poisson) * (1 - 2 * poisson));
  built.shear_ = young / (2 * (1 + poisson));
  return built;
}

Elasticity Elasticity::orthotropic(const ElasticConstants& constants, const Eigen::Matrix3d& axes) {
  Elasticity built;
  built.isotropic_ = false;
  const Eigen::Matrix3d direct = directCompliance(constants);
  Matrix6 compliance = Matrix6::Zero(), stiffness = Matrix6::Zero();
  compliance.topLeftCorner<3, 3>() = direct;
  stiffness.topLeftCorner<3, 3>() = direct.inverse();
  for (int i = 0; i < 3; i++) {
    compliance(3 + i, 3 + i) = 1 / constants.shear[i];
    stiffness(3 + i, 3 + i) = constants.shear[i];
  }
  // The energy is the same in both axes: D = T^T D' T, and C = T^-1 C' T^-T.
  const Matrix6 toMaterial = strainTurn(axes), toGlobal = strainTurn(axes.transpose());
  built.stiffness_ = toMaterial.transpose() * stiffness * toMaterial;
  built.compliance_ = toGlobal * compliance * toGlobal.transpose();
  return built;
}

Matrix6 Elasticity::stiffness() const {
  if (!isotropic_) return stiffness_;
  Matrix6 d = Matrix6::Zero();
  d.topLeftCorner<3, 3>().setConstant(lambda_);
  for (int i = 0; i < 3; i++) {
    d(i, i) += 2 * shear_;
    d(3 + i, 3 + i) = shear_;
  }
  return d;
}

Matrix6 Elasticity::compliance() const {
  if (!isotropic_) return compliance_;
  Matrix6 c = Matrix6::Zero();
  c.topLeftCorner<3, 3>().setConstant(-poisson_ / young_);
  for (int i = 0; i < 3; i++) {
    c(i, i) = 1 / young_;
    c(3 + i, 3 + i) = 1 / shear_;
  }
  return c;
}

Tensor Elasticity::stress(const Tensor& strain) const {
  if (!isotropic_) return stiffness_ * strain;
  const double volumetric = strain[0] + strain[1] + strain[2];
  Tensor stress;
  for (int i = 0; i < 3; i++) stress[i] = lambda_ * volumetric + 2 * shear_ * strain[i];
  for (int i = 3; i < 6; i++) stress[i] = shear_ * strain[i];
  return stress;
}

Tensor Elasticity::strain(const Tensor& stress) const {
  if (!isotropic_) return compliance_ * stress;
  const double trace = stress[0] + stress[1] + stress[2];
  Tensor strain;
  for (int i = 0; i < 3; i++) strain[i] = ((1 + poisson_) * stress[i] - poisson_ * trace) / young_;
  for (int i = 3; i < 6; i++) strain[i] = stress[i] / shear_;
  return strain;
}

double Elasticity::complementaryEnergy(const Tensor& s) const {
  if (!isotropic_) return s.dot(compliance_ * s);
  const double direct =
      s[0] * s[0] + s[1] * s[1] + s[2] * s[2] - 2 * poisson_ * (s[0] * s[1] + s[1] * s[2] + s[2] * s[0]);
  const double shear = 2 * (1 + poisson_) * (s[3] * s[3] + s[4] * s[4] + s[5] * s[5]);
  return (direct + shear) / young_;
}

Material::Material(double young, double poisson, double density, double expansion)
    : Material({{0, ElasticConstants::isotropic(young, poisson, expansion)}}, density, Eigen::Matrix3d::Identity()) {}

Material::Material(std::vector<Row> rows, double density, const Eigen::Matrix3d& axes)
    : rows_(std::move(rows)), density_(density), axes_(axes),
      isotropic_(std::all_of(rows_.begin(), rows_.end(), [](const Row& row) { return row.constants.isIsotropic(); })) {
  if (rows_.size() == 1) constant_ = elasticityAt(rows_.front().temperature);
}

ElasticConstants Material::constantsAt(double temperature) const {
  if (temperature <= rows_.front().temperature) return rows_.front().constants;
  if (temperature >= rows_.back().temperature) return rows_.back().constants;
  const auto above = std::upper_bound(rows_.begin(), rows_.end(), temperature,
                                      [](double value, const Row& row) { return value < row.temperature; });
  const Row &low = *(above - 1), &high = *above;
  const double t = (temperature - low.temperature) / (high.temperature - low.temperature);
  const auto mix = [&](const Eigen::Vector3d& a, const Eigen::Vector3d& b) -> Eigen::Vector3d {
    return (1 - t) * a + t * b;
  };
  return {mix(low.constants.young, high.constants.young), mix(low.constants.poisson, high.constants.poisson),
          mix(low.constants.shear, high.constants.shear), mix(low.constants.expansion, high.constants.expansion)};
}

Elasticity Material::elasticityAt(double temperature) const {
  const ElasticConstants constants = constantsAt(temperature);
  // Between two isotropic rows the shear modulus follows the other two constants, which stay linear.
  if (isotropic_) return Elasticity::isotropic(constants.young[0], constants.poisson[0]);
  return Elasticity::orthotropic(constants, axes_);
}

/** Direct thermal strains along the material's axes. */
Eigen::Vector3d Material::expansionAt(double temperature, double reference) const {
  const double zero = hasExpansionZero_ ? expansionZero_ : reference;
  Eigen::Vector3d strain = constantsAt(temperature).expansion * (temperature - zero);
  if (zero != reference) strain -= constantsAt(reference).expansion * (reference - zero);
  return strain;
}

PointMaterial Material::at(double temperature, double reference) const {
  PointMaterial point;
  if (rows_.size() == 1) point.elasticity = constant_;
  else point.elasticity = elasticityAt(temperature);
  point.thermalStrain.setZero();
  if (temperature == reference) return point;
  const Eigen::Vector3d along = expansionAt(temperature, reference);
  if (isotropic_) {
    point.thermalStrain.head<3>() = along;
  } else {
    const Eigen::Matrix3d strain = axes_.transpose() * along.asDiagonal() * axes_;
    point.thermalStrain << strain(0, 0), strain(1, 1), strain(2, 2), 2 * strain(0, 1), 2 * strain(1, 2),
        2 * strain(2, 0);
  }
  return point;
}

void Material::validate(const std::string& name) const {
  const auto refuse = [&](const std::string& message) { throw CoreError("bad-model", name + ": " + message); };
  if (!std::isfinite(density_) || density_ < 0) refuse("density must not be negative");
  if (hasExpansionZero_ && !std::isfinite(expansionZero_)) refuse("the expansion's zero temperature must be a number");
  if (rows_.empty()) refuse("it has no constants");
  const double defect = (axes_ * axes_.transpose() - Eigen::Matrix3d::Identity()).cwiseAbs().maxCoeff();
  if (!(defect < 1e-6)) refuse("its axes are not orthonormal");
  for (std::size_t i = 0; i < rows_.size(); i++) {
    const auto& [temperature, c] = rows_[i];
    if (!std::isfinite(temperature) || (i > 0 && temperature <= rows_[i - 1].temperature))
      refuse("temperatures of its table must be finite and ascending");
    if (!c.young.allFinite() || c.young.minCoeff() <= 0) refuse("Young's modulus must be positive");
    if (!c.expansion.allFinite()) refuse("thermal expansion must be a number");
    if (!c.poisson.allFinite()) refuse("Poisson's ratio must be a number");
    if (c.isIsotropic()) {
      if (c.poisson[0] <= -1 || c.poisson[0] >= 0.5) refuse("Poisson's ratio must lie between -1 and 0.5");
      continue;
    }
    if (!c.shear.allFinite() || c.shear.minCoeff() <= 0) refuse("shear moduli must be positive");
    // Positive definite in constants scaled to 1 on the diagonal, so that the bound does not depend on the moduli.
    const Eigen::Vector3d root = c.young.cwiseSqrt();
    const Eigen::Matrix3d scaled = root.asDiagonal() * directCompliance(c) * root.asDiagonal();
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(scaled, Eigen::EigenvaluesOnly);
    if (!(solver.eigenvalues()[0] > 1e-9))
      refuse("Poisson's ratios and Young's moduli do not fit together: some strain would give energy back");
  }
}

}  // namespace artificer
