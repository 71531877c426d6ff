# The Debian 12 packages that Protolith needs, one list for setup.sh, the container and the README.
build_packages=(
  build-essential cmake ninja-build pkg-config ccache git
  libopenmpi-dev openmpi-bin libhdf5-openmpi-dev libfftw3-dev libfftw3-mpi-dev librandom123-dev libtomlplusplus-dev libcli11-dev
  libspdlog-dev libfmt-dev libtiff-dev libpng-dev nlohmann-json3-dev libhwy-dev
  libdnnl-dev ocl-icd-opencl-dev libtrilinos-kokkos-dev libeigen3-dev
)
run_packages=(gnuplot-nox fonts-dejavu-core)
test_packages=(libgtest-dev libbenchmark-dev libboost-context-dev python3 python3-h5py python3-h5netcdf python3-xarray)
