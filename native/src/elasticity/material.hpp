#pragma once

#include <string>
#include <vector>

#include <Eigen/Dense>

namespace artificer {

/** A symmetric tensor: xx, yy, zz, xy, yz, zx; strains with engineering shear (gamma). */
using Tensor = Eigen::Matrix<double, 6, 1>;
using Matrix6 = Eigen::Matrix<double, 6, 6>;

/**
 * Engineering constants of an orthotropic material in its own axes. `poisson` holds nu_xy, nu_yz, nu_zx, where nu_ij is the
 * contraction along j over the stretch along i when pulled along i; `shear` holds G_xy, G_yz, G_zx. MPa, 1/K.
 * `expansion` is the secant (mean) coefficient from the material's zero temperature.
 */
struct ElasticConstants {
  Eigen::Vector3d young, poisson, shear, expansion;
  static ElasticConstants isotropic(double young, double poisson, double expansion);
  bool isIsotropic() const;
};

/** The elasticity at one temperature, in global axes. Isotropic ones take a short way everywhere. */
class Elasticity {
 public:
  /** sigma = D strain with Lame's two constants. */
  static Elasticity isotropic(double young, double poisson);
  /** @param axes rows are the material's axes: local = axes * global */
  static Elasticity orthotropic(const ElasticConstants& constants, const Eigen::Matrix3d& axes);

  bool isIsotropic() const { return isotropic_; }
  /** First Lame parameter, MPa; only of isotropic ones. */
  double lambda() const { return lambda_; }
  /** Shear modulus, MPa; only of isotropic ones. */
  double shearModulus() const { return shear_; }
  /** D of sigma = D strain, MPa. */
  Matrix6 stiffness() const;
  /** C = D^-1, 1/MPa. */
  Matrix6 compliance() const;
  Tensor stress(const Tensor& strain) const;
  Tensor strain(const Tensor& stress) const;
  /** sigma : C : sigma, twice the energy density, MPa. */
  double complementaryEnergy(const Tensor& stress) const;

 private:
  bool isotropic_ = true;
  double lambda_ = 0, shear_ = 0, young_ = 0, poisson_ = 0;
  Matrix6 stiffness_, compliance_;  // of the others
};

/** What a material is at one point: its elasticity, and the strain that its temperature alone gives it. */
struct PointMaterial {
  Elasticity elasticity;
  Tensor thermalStrain;
  Tensor stressOf(const Tensor& strain) const { return elasticity.stress(strain - thermalStrain); }
  Tensor strainOf(const Tensor& stress) const { return elasticity.strain(stress) + thermalStrain; }
};

/**
 * A linear elastic material: isotropic or orthotropic, its constants the same at all temperatures or a table of them, linear
 * between its rows and constant beyond its ends.
 */
class Material {
 public:
  struct Row {
    double temperature;  // degC
    ElasticConstants constants;
  };

  /** Isotropic and the same at all temperatures. MPa, -, tonne/mm^3, 1/K. */
  Material(double young, double poisson, double density, double expansion);
  /** @param rows temperatures ascending; @param axes rows are the material's axes */
  Material(std::vector<Row> rows, double density, const Eigen::Matrix3d& axes);

  /** tonne/mm^3. Mass is conserved, so it does not follow the temperature. */
  double density() const { return density_; }
  bool dependsOnTemperature() const { return rows_.size() > 1; }
  /** The rows are the material's axes. */
  const Eigen::Matrix3d& axes() const { return axes_; }
  const std::vector<Row>& rows() const { return rows_; }
  ElasticConstants constantsAt(double temperature) const;

  /**
   * Temperature at which the expansion's table has its zero, degC: the thermal strain between a body's stress-free
   * temperature R and T is alpha(T) (T - Z) - alpha(R) (R - Z). Without one Z = R, and it is alpha(T) (T - R).
   */
  void setExpansionZero(double temperature) {
    hasExpansionZero_ = true;
    expansionZero_ = temperature;
  }

  /** degC; `reference` is the stress-free temperature. */
  PointMaterial at(double temperature, double reference) const;

  /** Throws CoreError 'bad-model' that begins with `name` unless the elasticity is positive definite at every row. */
  void validate(const std::string& name) const;

 private:
  Elasticity elasticityAt(double temperature) const;
  Eigen::Vector3d expansionAt(double temperature, double reference) const;

  std::vector<Row> rows_;
  double density_;
  Eigen::Matrix3d axes_;
  bool isotropic_;
  bool hasExpansionZero_ = false;
  double expansionZero_ = 0;
  Elasticity constant_;  // where there is one row
};

}  // namespace artificer
