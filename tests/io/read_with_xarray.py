"""Opens a result file of tests/io/inspect_test.cpp with xarray and checks that its axes are labelled.

Exit code 77: xarray or h5netcdf is not installed.
"""
import sys

try:
    import h5netcdf  # noqa: F401
    import xarray
except ImportError:
    sys.exit(77)

path = sys.argv[1]
with xarray.open_dataset(path, engine="h5netcdf") as result:
    phase = result["phase"]
    assert phase.dims == ("realisation", "z", "y", "x"), phase.dims
    assert phase.shape == (2, 2, 3, 4), phase.shape
    assert phase.attrs["long_name"] == "phase indicator", phase.attrs
    assert (phase.values == 1).all()
    assert result["x"].attrs["units"] == "um", result["x"].attrs
    assert list(phase["x"].values) == [0.5, 1.5, 2.5, 3.5]
    assert float(phase.sel(x=1.5, y=0.5, z=0.5, realisation=1)) == 1
    assert result.attrs["Conventions"] == "CF-1.8", result.attrs
    assert int(result.attrs["complete"]) == 1
    assert float(result["porosity"]) == 0.352
    assert result["porosity"].attrs["long_name"] == "phase fraction"
    assert result["names"].dims == ("realisation",), result["names"].dims
    labels = [n.decode() if isinstance(n, bytes) else n for n in result["names"].values]
    assert labels == ["Φ one", "two"], labels
with xarray.open_dataset(path, engine="h5netcdf", group="curves") as curves:
    assert curves["s2"].dims == ("r",), curves["s2"].dims
    assert curves["r"].attrs["units"] == "um" and curves["r"].attrs["long_name"] == "lag", curves["r"].attrs
    assert list(curves["s2"].values) == [0.352, 0.2, 0.124]
