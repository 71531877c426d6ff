#include "elastic/effective.hpp"

namespace protolith::elastic {
namespace {

Matrix3 inverse(const Matrix3& m) {
    Matrix3 cofactors;
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) {
            const std::size_t i1 = (i + 1) % 3, i2 = (i + 2) % 3, j1 = (j + 1) % 3, j2 = (j + 2) % 3;
            cofactors[i][j] = m[i1][j1] * m[i2][j2] - m[i1][j2] * m[i2][j1];
        }
    const double determinant = m[0][0] * cofactors[0][0] + m[0][1] * cofactors[0][1] + m[0][2] * cofactors[0][2];
    Matrix3 result;
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) result[i][j] = cofactors[j][i] / determinant;
    return result;
}

Matrix3 product(const Matrix3& a, const Matrix3& b) {
    Matrix3 result{};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t k = 0; k < 3; ++k)
            for (std::size_t j = 0; j < 3; ++j) result[i][j] += a[i][k] * b[k][j];
    return result;
}

Matrix3 transposed(const Matrix3& m) {
    Matrix3 result;
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) result[i][j] = m[j][i];
    return result;
}

}  // namespace

EffectiveTensor::EffectiveTensor(const FilteredFields& fields)
    : inverse_strain(inverse(fields.strain)), stiffness(product(fields.stress, inverse_strain)) {}

std::array<double, tensor_components> EffectiveTensor::components() const {
    std::array<double, tensor_components> result;
    for (std::size_t c = 0; c < tensor_components; ++c) {
        const auto [i, j] = tensor_indices[c];
        result[c] = (stiffness[i][j] + stiffness[j][i]) / 2;
    }
    return result;
}

FilteredFields EffectiveTensor::derivative(const std::array<double, tensor_components>& by_component) const {
    Matrix3 by_stiffness;
    for (std::size_t c = 0; c < tensor_components; ++c) {
        const auto [i, j] = tensor_indices[c];
        by_stiffness[i][j] = by_stiffness[j][i] = i == j ? by_component[c] : by_component[c] / 2;
    }
    // dC = dH G⁻¹ − C dG G⁻¹
    FilteredFields by;
    by.stress = product(by_stiffness, transposed(inverse_strain));
    by.strain = product(transposed(stiffness), by.stress);
    for (auto& row : by.strain)
        for (double& value : row) value = -value;
    return by;
}

}  // namespace protolith::elastic
