# What OpenMPI needs to run as root (containers, CI) and with more ranks than cores; sourced by the other scripts.
if [ "$(id -u)" = 0 ]; then export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1; fi
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl_vader_single_copy_mechanism=none
# The folder in which OpenMPI's processes keep their sessions is removed by the last and made by the first; two that begin
# together can both find it missing, and one fails ("mkdir: File exists"). It stays while something lies in it.
mkdir -p "${TMPDIR:-/tmp}/ompi.$(uname -n | cut -d. -f1).$(id -u)/kept"
