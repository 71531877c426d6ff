#include "io/image/tiff_page.hpp"

#include "io/image/file.hpp"

#include <algorithm>

namespace protolith::io {

namespace {

std::uint16_t field(TIFF* tiff, ttag_t tag, std::uint16_t otherwise) {
    std::uint16_t value = otherwise;
    return TIFFGetFieldDefaulted(tiff, tag, &value) ? value : otherwise;
}

/// True if the extra sample is opacity; anything else beside the colours is refused.
bool has_alpha(TIFF* tiff, int extras, const std::string& name) {
    if (extras == 0) return false;
    std::uint16_t count = 0, *kinds = nullptr;
    const bool described = TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) != 0 && count == 1 && extras == 1;
    require_input(described && (kinds[0] == EXTRASAMPLE_ASSOCALPHA || kinds[0] == EXTRASAMPLE_UNASSALPHA),
                  "{}: {} channels beside the grey or RGB ones; one grey channel expected", name, extras);
    return true;
}

/// Colour samples of a pixel by the photometric interpretation; refuses those that are never grey.
int colours_of(TIFF* tiff, const std::string& name) {
    std::uint16_t photometric = 0;
    require_input(TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric) != 0,
                  "{}: the tag PhotometricInterpretation is missing, so that black and white are not known", name);
    const bool grey = photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE;
    require_input(grey || photometric == PHOTOMETRIC_PALETTE || photometric == PHOTOMETRIC_RGB,
                  "{}: colour image (photometric interpretation {}); grey expected", name, photometric);
    return photometric == PHOTOMETRIC_RGB ? 3 : 1;
}

PixelLayout read_layout(TIFF* tiff, const std::string& name) {
    PixelLayout layout;
    layout.bits = field(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    layout.channels = field(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    layout.colours = colours_of(tiff, name);
    const int photometric = field(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    const int format = field(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
    const int planar = field(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    const int orientation = field(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    layout.white_is_zero = photometric == PHOTOMETRIC_MINISWHITE;

    require_input(layout.channels >= layout.colours, "{}: {} channels; {} expected", name, layout.channels,
                  layout.colours);
    require_input(layout.channels == 1 || planar == PLANARCONFIG_CONTIG,
                  "{}: {} separate colour planes; one grey channel expected", name, layout.channels);
    layout.alpha = has_alpha(tiff, layout.channels - layout.colours, name);
    const bool few = layout.bits == 1 || layout.bits == 2 || layout.bits == 4;
    const bool unsigned_samples = format == SAMPLEFORMAT_UINT || format == SAMPLEFORMAT_VOID;
    const bool whole_numbers =
        unsigned_samples && (layout.bits == 8 || layout.bits == 16 || (few && layout.channels == 1));
    const bool reals =
        format == SAMPLEFORMAT_IEEEFP && layout.bits == 32 && layout.channels == 1 && !layout.white_is_zero;
    require_input(
        whole_numbers || reals,
        "{}: {} channels of {} bits, sample format {}; 1, 2, 4, 8 or 16 bits unsigned (format 1) or 32-bit float "
        "(format 3) expected",
        name, layout.channels, layout.bits, format);
    require_input(orientation == ORIENTATION_TOPLEFT || orientation == 0,
                  "{}: orientation {}; 1 (first row at the top, first column at the left) expected", name, orientation);
    return layout;
}

/// The colour map as grey values. Entries have 16 bits; old writers used only the lower eight.
GreyPalette read_palette(TIFF* tiff, int bits, const std::string& name) {
    std::uint16_t *red = nullptr, *green = nullptr, *blue = nullptr;
    require_input(bits <= 8 && TIFFGetField(tiff, TIFFTAG_COLORMAP, &red, &green, &blue) != 0,
                  "{}: a palette image of {} bits without a usable colour map; grey expected", name, bits);
    const std::size_t entries = std::size_t{1} << bits;
    const auto narrow = [entries](const std::uint16_t* map) {
        return std::all_of(map, map + entries, [](auto v) { return v < 256; });
    };
    const int shift = narrow(red) && narrow(green) && narrow(blue) ? 0 : 8;
    GreyPalette palette;
    for (std::size_t i = 0; i < entries; ++i)
        if (red[i] == green[i] && green[i] == blue[i]) palette[i] = static_cast<std::uint8_t>(red[i] >> shift);
    return palette;
}

/// How many times a compression can shrink data at most: a file that promises more is damaged, and must not make us
/// allocate it. Fax, LZMA and Zstandard have no limit of their own; theirs is an empty image of 100,000 columns in
/// group-4 fax.
double largest_expansion(TIFF* tiff) {
    switch (field(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE)) {
        case COMPRESSION_NONE:
            return 1;
        case COMPRESSION_PACKBITS:
            return 64;
        case COMPRESSION_LZW:
            return 4096;
        case COMPRESSION_DEFLATE:
        case COMPRESSION_ADOBE_DEFLATE:
            return 1032;
        default:
            return 1e5;
    }
}

void check_parts(TiffFile& file, const TiffPage& page, const std::string& name) {
    TIFF* tiff = file.get();
    const std::uint64_t bytes = file_bytes(file.path());
    const std::uint32_t parts = page.tiled ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
    const std::size_t down = (page.rows - 1) / page.part_rows + 1, across = (page.columns - 1) / page.part_columns + 1;
    require_input(parts == down * across, "{}: damaged TIFF file: {} strips or tiles; {} expected", name, parts,
                  down * across);
    const double decoded = static_cast<double>(page.row_bytes) * static_cast<double>(across) *
                           static_cast<double>(page.tiled ? down * page.part_rows : page.rows);
    require_input(decoded <= largest_expansion(tiff) * static_cast<double>(bytes) + 4096,
                  "{}: damaged TIFF file: {} pixels cannot come from {} bytes", name,
                  to_string(Extent{1, page.rows, page.columns}), bytes);
    for (std::uint32_t part = 0; part < parts; ++part) {
        const std::uint64_t offset = TIFFGetStrileOffset(tiff, part), length = TIFFGetStrileByteCount(tiff, part);
        require_input(length > 0 && offset < bytes && length <= bytes - offset,
                      "{}: strip or tile {} of {} lies at bytes {} to {}, but the file has {}: truncated or damaged",
                      name, part, parts, offset, offset + length, bytes);
    }
    file.check(true);
}

}  // namespace

Sample TiffPage::sample() const noexcept {
    return layout.bits == 32 ? Sample::float32 : layout.bits == 16 ? Sample::uint16 : Sample::uint8;
}

double TiffPage::maximum() const noexcept {
    if (palette) return 255;
    return layout.bits == 32 ? 1 : static_cast<double>((1 << layout.bits) - 1);
}

bool is_auxiliary_page(TIFF* tiff) noexcept {
    std::uint32_t kind = 0;
    return TIFFGetField(tiff, TIFFTAG_SUBFILETYPE, &kind) != 0 && (kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) != 0;
}

TiffPage read_tiff_page(TiffFile& file, const std::string& name) {
    TIFF* tiff = file.get();
    std::uint32_t rows = 0, columns = 0, part_rows = 0, part_columns = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &rows);
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &columns);
    require_input(rows > 0 && columns > 0, "{}: the image is empty ({} rows, {} columns); at least one pixel expected",
                  name, rows, columns);
    TiffPage page;
    page.rows = rows;
    page.columns = columns;
    page.layout = read_layout(tiff, name);
    if (field(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK) == PHOTOMETRIC_PALETTE)
        page.palette = read_palette(tiff, page.layout.bits, name);
    page.tiled = TIFFIsTiled(tiff) != 0;
    if (page.tiled) {
        TIFFGetField(tiff, TIFFTAG_TILELENGTH, &part_rows);
        TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &part_columns);
    } else {
        TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &part_rows);
        part_rows = std::min(part_rows, rows);
        part_columns = columns;
    }
    require_input(part_rows > 0 && part_columns > 0, "{}: damaged TIFF file: strips or tiles of {} × {} pixels", name,
                  part_rows, part_columns);
    page.part_rows = part_rows;
    page.part_columns = part_columns;
    page.row_bytes = static_cast<std::size_t>(page.tiled ? TIFFTileRowSize64(tiff) : TIFFScanlineSize64(tiff));
    const std::size_t bits =
        std::size_t{part_columns} * static_cast<std::size_t>(page.layout.channels * page.layout.bits);
    require_input(page.row_bytes == (bits + 7) / 8, "{}: damaged TIFF file: rows of {} bytes; {} expected", name,
                  page.row_bytes, (bits + 7) / 8);
    check_parts(file, page, name);
    return page;
}

}  // namespace protolith::io
