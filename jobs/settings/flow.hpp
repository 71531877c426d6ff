// Keys of `protolith flow`.
#pragma once

#include "base/deck/visitor.hpp"
#include "flow/gas.hpp"
#include "flow/settings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace protolith::jobs {

/// [rock]: the pore space, from a file or of known permeability.
struct RockKeys {
    enum class Geometry { file, channel, duct, tube, simple_cubic, body_centred };

    Geometry geometry = Geometry::file;
    std::string volume;
    double pore_value = 1;
    std::optional<double> voxel_size;
    std::int64_t width = 16;
    std::vector<double> chi{0.5};
    std::int64_t cell = 48, repeat = 1;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("geometry")
                     .help("file, or a pore space whose permeability is known (channel, duct and tube lie "
                           "along z)"),
                 geometry,
                 {{"file", Geometry::file},
                  {"channel", Geometry::channel},
                  {"duct", Geometry::duct},
                  {"tube", Geometry::tube},
                  {"simple_cubic", Geometry::simple_cubic},
                  {"body_centred", Geometry::body_centred}});
        v.entry(Key("volume")
                    .help("PNG or TIFF stack, raw with a sidecar, HDF5 (file.h5:/dataset, file.h5:/dataset[k])")
                    .input_path(),
                volume);
        v.entry(Key("pore_value").help("value of pore voxels in the file; all others are solid"), pore_value);
        v.entry(Key("voxel_size").help("side of a voxel; not set: what the file says").units("m").above(0), voxel_size);
        v.entry(Key("width").help("of channel and duct, diameter of the tube").units("voxel").between(1, 4096), width);
        v.entry(Key("chi")
                    .help("cubic spheres: (concentration/concentration at contact)^(1/3), one flow each")
                    .above(0)
                    .at_most(1)
                    .source("Sangani & Acrivos 1982"),
                chi);
        v.entry(Key("cell").help("side of the cubic cell").units("voxel").between(4, 4096), cell);
        v.entry(Key("repeat").help("cells along each axis").between(1, 1024), repeat);
    }
};

/// [fluid]: a liquid, or a gas at given pressures.
struct FluidKeys {
    enum class Kind { liquid, gas };

    Kind kind = Kind::liquid;
    double viscosity = 1e-3, density = 1000;
    double molar_mass = 0.016043, temperature = 300;
    std::vector<double> pressures{1e5};

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("kind").help("gas: slips at walls by its mean free path, one flow for each of `pressures`"), kind,
                 {{"liquid", Kind::liquid}, {"gas", Kind::gas}});
        v.entry(Key("viscosity").help("dynamic viscosity").units("Pa s").above(0), viscosity);
        v.entry(Key("density").help("of the liquid").units("kg/m³").above(0), density);
        v.entry(Key("molar_mass").help("of the gas").units("kg/mol").above(0), molar_mass);
        v.entry(Key("temperature").help("of the gas").units("K").above(0), temperature);
        v.entry(Key("pressures").help("mean pressures of the gas").units("Pa").above(0), pressures);
    }
};

/// [drive]: what moves the fluid, and along which axes.
struct DriveKeys {
    enum class Sides { periodic, solid };

    flow::Ends ends = flow::Ends::periodic;
    std::vector<std::string> axes{"z"};
    Sides sides = Sides::periodic;
    double pressure_gradient = 1;
    double lattice_force = 1e-6, lattice_drop = 1e-3;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("kind").help("body_force with periodic ends, or a pressure drop between the ends"), ends,
                 {{"body_force", flow::Ends::periodic},
                  {"equilibrium", flow::Ends::equilibrium},
                  {"zou_he", flow::Ends::zou_he}});
        v.entry(Key("axes").help("one flow along each: x, y, z; all three give the tensor"), axes);
        v.choice(Key("sides").help("what lies beyond the volume across the drive"), sides,
                 {{"periodic", Sides::periodic}, {"solid", Sides::solid}});
        v.entry(Key("pressure_gradient")
                    .help("drop of pressure over distance that velocities and pressures in the files belong to; "
                          "permeability does not depend on it")
                    .units("Pa/m"),
                pressure_gradient);
        v.entry(Key("lattice_force").help("body force in the computation, lattice units").above(0), lattice_force);
        v.entry(Key("lattice_drop").help("drop of density between the ends in the computation").between(0, 0.1),
                lattice_drop);
    }
};

/// [lattice]: collision and precision.
struct LatticeKeys {
    enum class Precision { float64, float32 };

    flow::Collision collision = flow::Collision::two_relaxation_times;
    double relaxation_time = 1, magic = 3.0 / 16;
    Precision precision = Precision::float64;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("collision").help("two relaxation times, one, or many"), collision,
                 {{"trt", flow::Collision::two_relaxation_times},
                  {"bgk", flow::Collision::single_relaxation_time},
                  {"mrt", flow::Collision::many_relaxation_times}});
        v.entry(Key("relaxation_time").help("τ of the stress; a gas has its own, from the mean free path"),
                relaxation_time);
        v.entry(Key("magic").help("Λ = (τ − 1/2)(τ_odd − 1/2); a gas has its own").above(0), magic);
        v.choice(Key("precision").help("of the populations (shifted, so that float32 keeps small speeds)"), precision,
                 {{"float64", Precision::float64}, {"float32", Precision::float32}});
    }
};

/// [slip]: how a gas meets the walls.
struct SlipKeys {
    enum class PoreSize { inscribed_sphere, rays, uniform };

    flow::Wall wall = flow::Wall::diffuse;
    double accommodation = 1;
    flow::MeanFreePath mean_free_path = flow::MeanFreePath::bosanquet;
    PoreSize pore_size = PoreSize::inscribed_sphere;
    std::optional<double> length;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("wall").help("of a gas; a liquid does not slip"), wall,
                 {{"diffuse", flow::Wall::diffuse},
                  {"specular", flow::Wall::specular},
                  {"bounce_back", flow::Wall::bounce_back}});
        v.entry(Key("accommodation").help("tangential momentum accommodation coefficient σ").above(0).at_most(1),
                accommodation);
        v.choice(Key("mean_free_path")
                     .help("how walls shorten it: not at all (bulk), by λ/(1 + 2 Kn), or (2/π) "
                           "atan(√2 Kn^-3/4) λ"),
                 mean_free_path,
                 {{"bosanquet", flow::MeanFreePath::bosanquet},
                  {"arctangent", flow::MeanFreePath::arctangent},
                  {"bulk", flow::MeanFreePath::bulk}});
        v.choice(Key("pore_size")
                     .help("Kn = λ/size at each voxel: inscribed_sphere, the diameter of the largest sphere in the "
                           "pores that covers it; rays, the shortest of nine chords along 18 directions; or uniform, "
                           "one `length` for all"),
                 pore_size,
                 {{"inscribed_sphere", PoreSize::inscribed_sphere},
                  {"rays", PoreSize::rays},
                  {"uniform", PoreSize::uniform}});
        v.entry(Key("length")
                    .help("of pore_size = 'uniform'; not set: 2·volume/surface of the pores, a channel's width")
                    .units("m")
                    .above(0),
                length);
    }
};

/// [convergence]: when the flow is steady.
struct ConvergenceKeys {
    double tolerance = 1e-6;
    std::int64_t max_steps = 200000;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("tolerance").help("relative change of the flux per characteristic time").above(0), tolerance);
        v.entry(Key("max_steps").help("then the flow counts as not converged").at_least(2), max_steps);
    }
};

/// [output]: what is written beside the permeability.
struct FlowOutputKeys {
    bool fields = true;
    void visit(deck::Visitor& v) {
        v.entry(deck::Key("fields").help("velocity and pressure of every flow as fields_K.h5 with an XDMF sidecar"),
                fields);
    }
};

/// [[published]]: a result of others that the report shows beside these.
struct PublishedKeys {
    std::string source;
    double permeability = 0;
    std::optional<double> porosity, connected_porosity, knudsen;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("source").help("where it stands, and of what rock"), source);
        v.entry(Key("permeability").help("apparent").units("darcy").above(0), permeability);
        v.entry(Key("porosity").help("0 to 1"), porosity);
        v.entry(Key("connected_porosity").help("0 to 1"), connected_porosity);
        v.entry(Key("knudsen").help("mean Knudsen number"), knudsen);
    }
};

struct FlowSettings {
    static constexpr std::uint64_t seed = 0;  // nothing is drawn

    double checkpoint_interval = 600;
    std::int64_t groups = 1, planned_ranks = 0;
    RockKeys rock;
    FluidKeys fluid;
    DriveKeys drive;
    LatticeKeys lattice;
    SlipKeys slip;
    ConvergenceKeys convergence;
    FlowOutputKeys output;
    std::vector<PublishedKeys> published;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("checkpoint_interval").help("between checkpoints").units("s").above(0), checkpoint_interval);
        v.entry(
            Key("groups").help("groups of ranks, each with its share of the flows (axes, pressures, χ)").at_least(1),
            groups);
        v.entry(Key("planned_ranks").help("ranks that --check plans for; 0: those it runs on").at_least(0),
                planned_ranks);
        v.section("rock", "the pore space", rock);
        v.section("fluid", "what flows", fluid);
        v.section("drive", "what moves it", drive);
        v.section("lattice", "how it is computed", lattice);
        v.section("slip", "gas at walls", slip);
        v.section("convergence", "when it is steady", convergence);
        v.section("output", "what is written", output);
        v.list(Key("published").help("results of others, for a table beside these"), published);
    }
};

}  // namespace protolith::jobs
